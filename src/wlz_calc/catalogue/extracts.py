"""What can be found in the extracts, stage by stage."""

from typing import Final

from wlz_calc.finding import Meaning, Severity, Stage


def _error(stage: Stage, title: str, why: str, fix: str) -> Meaning:
    return Meaning(stage, Severity.ERROR, title, why, fix)


def _warning(stage: Stage, title: str, why: str, fix: str) -> Meaning:
    return Meaning(stage, Severity.WARNING, title, why, fix)


_FILES: Final[dict[str, Meaning]] = {
    "file-missing": _error(
        Stage.FILES,
        "A file is not there",
        "Without it nobody can be counted, let alone paid for.",
        "Put the file there, or name where it is under `extracts` in wlz.yaml.",
    ),
    "file-unreadable": _error(
        Stage.FILES,
        "A file cannot be read",
        "A file that opens only in part would be counted in part.",
        "Close it in other programs, check who may read it, and save it again as csv.",
    ),
    "file-empty": _error(
        Stage.FILES,
        "A file has no rows",
        "An empty file is more often a failed export than a year in which nothing happened.",
        "Export it again; an extract that you do not have may simply be absent.",
    ),
    "file-encoding": _error(
        Stage.FILES,
        "A file is not UTF-8 text",
        "Ids with other characters would be other children.",
        "In a spreadsheet, save it as CSV UTF-8.",
    ),
    "file-cp1252": _warning(
        Stage.FILES,
        "A file is in Windows characters, not UTF-8",
        "It was read as Windows cp1252; a character that looks wrong would make another id.",
        "In a spreadsheet, save it as CSV UTF-8, so that no character has to be guessed.",
    ),
    "file-ragged": _error(
        Stage.FILES,
        "A row has more cells than there are headings",
        "A comma inside a cell shifts every cell after it into the wrong column.",
        "Put the cell that holds a comma in quotation marks, or save the sheet again as csv.",
    ),
    "file-quotes": _error(
        Stage.FILES,
        "A quotation mark is out of place",
        "What follows it would run into one cell.",
        'Put the whole cell in quotation marks, and write "" for one inside it; or save it again as csv.',
    ),
    "claimed-missing": _error(
        Stage.FILES,
        "The file of what was claimed before is not there",
        "What was claimed by other means would be claimed again.",
        "Give the path of the file, from the folder that you are in.",
    ),
    "payments-missing": _error(
        Stage.FILES,
        "There is no record of payments",
        "Everything that was claimed would look unpaid.",
        "Put payments.csv into the programme folder, a row for each sum received; without any, its headings.",
    ),
    "table-missing": _error(
        Stage.TABLES,
        "An extract that a payment needs is not there",
        "Nobody could earn the payment, and it would look as if nobody had.",
        "Add the extract to the folder.",
    ),
}
_FORMATS: Final[dict[str, Meaning]] = {
    "file-format": _error(
        Stage.FILES,
        "A file is of a kind that cannot be read",
        "What it holds could only be guessed at.",
        "Save it as csv, as a workbook (.xlsx, .ods) or as parquet.",
    ),
    "file-old-workbook": _warning(
        Stage.FILES,
        "A workbook is of an old kind",
        "In it a cell in error, such as #N/A, cannot be told from an empty one.",
        "Save it as .xlsx, or see that no cell shows an error.",
    ),
    "file-sheets": _error(
        Stage.FILES,
        "A workbook has several sheets",
        "Nobody can tell which of them is meant.",
        "Name one in wlz.yaml: `sheet`, under the extract.",
    ),
    "file-sheet-missing": _error(
        Stage.FILES,
        "A sheet is not there",
        "Another sheet would be another school, or another term.",
        "Correct `sheet` in wlz.yaml, or ask the sender for the workbook as it used to be.",
    ),
    "file-no-sheets": _error(
        Stage.FILES,
        "A sheet is named in a file that has none",
        "It may be another file that was meant.",
        "Correct `path`, or delete `sheet`, in wlz.yaml.",
    ),
    "file-header-row": _error(
        Stage.FILES,
        "There are no headings in the row that is named",
        "Without its headings a column could be anything.",
        "Correct `header_row` in wlz.yaml; the first row is 1.",
    ),
    "file-nested": _error(
        Stage.FILES,
        "A column holds more than one value in a cell",
        "A list or a record in a cell is no value that a table can hold.",
        "Write the file without the column, or with its values in columns of their own.",
    ),
    "rows-below-table": _warning(
        Stage.CELLS,
        "Rows below the table that are no data",
        "Totals and notes are left out; a child among them would be left out too.",
        "Check the first of them; nothing needs to be done if all are totals or notes.",
    ),
}
_HEADINGS: Final[dict[str, Meaning]] = {
    "heading-missing": _error(
        Stage.HEADINGS,
        "A heading is missing",
        "A column under another name would be read as empty.",
        "Name one so; of an extract, `columns` in wlz.yaml may say which (see `wlz-calc draft-map`).",
    ),
    "heading-twice": _error(
        Stage.HEADINGS,
        "A heading stands twice",
        "Nobody can tell which of the two columns is meant.",
        "Take one of them out, or rename it.",
    ),
    "heading-row": _error(
        Stage.HEADINGS,
        "The headings stand in another row",
        "Titles above a table are no headings, and what stands between would be read as data.",
        "Say so in wlz.yaml: `header_row`, under the extract; or delete the rows above.",
    ),
    "heading-unmapped": _error(
        Stage.HEADINGS,
        "A heading that is mapped is not in the file",
        "The column would be read as empty; the report may not be the one that was mapped.",
        "Correct `columns` in wlz.yaml, or the heading.",
    ),
    "heading-constant": _error(
        Stage.HEADINGS,
        "A column is there, and stated as a constant too",
        "Where the two differ, only one of them can be right.",
        "Take it out of `constants` in wlz.yaml, or out of the file.",
    ),
    "days-half-swapped": _error(
        Stage.HEADINGS,  # of a whole column: it cannot be set aside row by row
        "Days and months of a column may be swapped in some of its rows",
        "A spreadsheet that puts the month first takes 3/11 for 11 March, and leaves 25/11 as text.",
        "Ask for the file anew, dates as year-month-day; or correct the date cells, and write all one way.",
    ),
    "heading-extra": _warning(
        Stage.HEADINGS,
        "Columns that are not used",
        "They are ignored; a misspelt one would be missing.",
        "Nothing needs to be done, unless one is needed: then `columns` in wlz.yaml says what it is.",
    ),
    "heading-personal": _warning(
        Stage.HEADINGS,
        "Columns that look like personal data",
        "They are not read, and they should not have left the school.",
        "Ask the sender to leave them out, and delete this copy.",
    ),
}
_CELLS: Final[dict[str, Meaning]] = {
    "id-upn": _error(
        Stage.CELLS,
        "An id is the pupil number (UPN) of a child",
        "A UPN is for use in education alone, and an id is on every claim.",
        "Ask for a pseudonymous id, such as a keyed hash of the UPN, made elsewhere; delete this copy.",
    ),
    "id-name": _error(
        Stage.CELLS,
        "An id looks like the name of a child",
        "Ids are on every claim, which goes to people who must not see a name.",
        "Ask for a pseudonymous id, such as a keyed hash of the UPN, made elsewhere; delete this copy.",
    ),
    "cell-missing": _error(
        Stage.CELLS,
        "A cell is empty that must be filled in",
        "A missing value is not a nought.",
        "Fill it in, or take the row out.",
    ),
    "cell-not-in-list": _error(
        Stage.CELLS,
        "A cell holds none of the values allowed",
        "A word that is not known would be counted as something else.",
        "Use one of the values expected, spelt just so, or translate it: `values` in wlz.yaml.",
    ),
    "cell-too-long": _error(
        Stage.CELLS,
        "A text is too long",
        "Ids and codes are short; a long one is usually another column's text.",
        "Check that every cell of the row stands in its own column.",
    ),
    "cell-not-a-date": _error(
        Stage.CELLS,
        "A cell is not a date",
        "3/4/2018 is March in one country and April in another.",
        "Write year-month-day, such as 2018-04-03, and a day that the calendar has.",
    ),
    "cell-impossible-date": _error(
        Stage.CELLS,
        "A date does not exist",
        "No calendar has that day.",
        "Correct the day or the month.",
    ),
    "cell-date-far-off": _error(
        Stage.CELLS,
        "A date is far off",
        "A slip of one digit in the year moves a child out of every window.",
        "Correct the year.",
    ),
    "cell-not-a-number": _error(
        Stage.CELLS,
        "A cell is not a number",
        "A number with a word or a comma in it cannot be counted.",
        "Write digits, with a point before at most four decimals.",
    ),
    "cell-not-money": _error(
        Stage.CELLS,
        "A cell is not a sum in pounds",
        "Nobody can tell whether 1,234 is a thousand or a little more than one, and there is no half penny.",
        "Write digits, with a point before at most two decimals, and a minus before what was given back.",
    ),
    "cell-not-a-quarter": _error(
        Stage.CELLS,
        "A cell is not a quarter",
        "Q3 is July in a calendar year and October in a financial one.",
        "Write 2018-Q4, or 2018/19-Q3 by UK financial year.",
    ),
    "cell-not-whole": _error(
        Stage.CELLS,
        "A cell is not a whole number",
        "Sessions and answers are counted in whole numbers.",
        "Write digits only.",
    ),
    "cell-out-of-range": _error(
        Stage.CELLS,
        "A number is out of its range",
        "It cannot be an answer to that question.",
        "Correct it; a question that was not answered is an empty cell.",
    ),
    "attendance-code-unknown": _error(
        Stage.CELLS,
        "An attendance code is not known",
        "An unknown code taken as absence, or left out, changes a child's rate.",
        "Use the codes of the Department for Education; leave the cell empty where no mark was made.",
    ),
    "attendance-code-not-in-force": _error(
        Stage.CELLS,
        "An attendance code was not in force on that day",
        "The codes changed on 19 August 2024, and some letters changed their meaning.",
        "Check the date and the code with the school.",
    ),
    "score-not-on-scale": _error(
        Stage.CELLS,
        "A score is not on its scale",
        "A score of one scale read on another makes progress out of nothing.",
        "Correct the score or the scale; a status code such as A (absent) may stand for a score.",
    ),
}
_ROWS: Final[dict[str, Meaning]] = {
    "left-before-joining": _error(
        Stage.ROWS,
        "A child left before it joined",
        "One of the two dates decides what can be paid.",
        "Correct joined_on or left_on.",
    ),
    "engaged-not-attended": _error(
        Stage.ROWS,
        "Engaged in a session that was not attended",
        "Only who was there can have been engaged.",
        "Correct the status, or leave engaged empty.",
    ),
    "partner-missing": _error(
        Stage.ROWS,
        "A partner session without its delivery partner",
        "Two partners' sessions on one day would be taken for one.",
        "Fill in provider, the name of the delivery partner.",
    ),
    "period-reversed": _error(
        Stage.ROWS,
        "A period ends before it starts",
        "It would hold no days.",
        "Correct the two dates.",
    ),
    "attended-above-possible": _error(
        Stage.ROWS,
        "More sessions attended than were possible",
        "The rate would be above a hundred per cent.",
        "Check both numbers with the school.",
    ),
    "sdq-total-differs": _error(
        Stage.ROWS,
        "A total difficulties score is not the sum of its scales",
        "One of the five numbers is wrong, and any of them may be paid on.",
        "Score the questionnaire again, or leave total empty.",
    ),
    "sdq-score-differs": _error(
        Stage.ROWS,
        "A scale score is not what its items give",
        "Either the answers or the score were copied wrongly.",
        "Send the items alone, and the tool scores them.",
    ),
    "hold-reversed": _error(
        Stage.ROWS,
        "A hold ends before it begins",
        "It would hold nothing.",
        "Correct from or to.",
    ),
    "claimed-nothing": _error(
        Stage.ROWS,
        "What was claimed before is nothing, or less",
        "What was claimed and given back again counts as never claimed.",
        "State what was claimed in the end, and take out the row if that is nothing.",
    ),
}
_TABLES: Final[dict[str, Meaning]] = {
    "child-twice": _error(
        Stage.TABLES,
        "A child is in the register twice",
        "It would be paid for twice, or on two sets of terms.",
        "Keep the row that is right.",
    ),
    "child-unknown": _error(
        Stage.TABLES,
        "A child is not in the register",
        "What it did would be left out without a word.",
        "Correct the id, or add the child to the register.",
    ),
    "school-unknown": _error(
        Stage.TABLES,
        "A school is not in the list of schools",
        "Each school pays for its own pupils; a misspelt code is another payer.",
        "Correct the code, or add the school to the schools extract.",
    ),
    "card-none": _error(
        Stage.TABLES,
        "No rate card governs a child",
        "The terms go by contract and joining date; without them there is no price.",
        "Correct the contract or joined_on, or name the card in wlz.yaml.",
    ),
    "card-two": _error(
        Stage.TABLES,
        "Two rate cards govern a child",
        "Two sets of terms give two amounts.",
        "Let wlz.yaml name only the version in force, or mend the joined ranges of the cards.",
    ),
    "authority-missing": _error(
        Stage.TABLES,
        "A child has no authority",
        "By the rate card each local authority pays for its own children.",
        "Fill in authority: the local authority that pays for the child.",
    ),
    "attendance-shape": _error(
        Stage.TABLES,
        "Attendance in totals where register marks are needed",
        "The card counts in months, which end in mid-term, and a total of a term cannot be divided.",
        "Send register marks: child_id, date, session, code.",
    ),
    "period-overlaps": _error(
        Stage.TABLES,
        "Two attendance periods of a child overlap",
        "The sessions of the days in both would count twice.",
        "Correct the periods, or keep one of them.",
    ),
    "mark-twice": _error(
        Stage.TABLES,
        "Two marks for one session",
        "Only one of them can be right.",
        "Keep the mark that stands in the school's register.",
    ),
    "submission-unranked": _error(
        Stage.TABLES,
        "A partner session that does not say which submission is the latest",
        "Partners submit whole sessions again, and only the latest submission of a session counts.",
        "Fill in session and submitted_at; or set `resubmission: rows` in wlz.yaml.",
    ),
    "submissions-differ": _error(
        Stage.TABLES,
        "Two submissions of a session say different things",
        "Without a later submitted_at nobody can tell which one stands.",
        "Give the right one a later submitted_at, or take the other out.",
    ),
    "submission-repeated": _warning(
        Stage.TABLES,
        "A session was sent twice, saying the same",
        "It counts once.",
        "Nothing needs to be done; ask the partner to send each session once.",
    ),
    "submission-drops-child": _warning(
        Stage.TABLES,
        "A session submitted again leaves out a child",
        "Its attendance at the session no longer counts.",
        "Ask the partner whether the child was taken out on purpose.",
    ),
    "readings-differ": _error(
        Stage.TABLES,
        "Two different readings on one day",
        "Only one of them can be what the child was found at.",
        "Keep the one that is right.",
    ),
    "reading-repeated": _warning(
        Stage.TABLES,
        "A reading was sent twice, saying the same",
        "It counts once.",
        "Nothing needs to be done; ask the sender to send each reading once.",
    ),
    "score-out-of-range": _error(
        Stage.TABLES,
        "A survey score is outside its range",
        "The rate card says what the lowest and the highest score of the survey are.",
        "Correct the score.",
    ),
    "hold-unknown": _error(
        Stage.TABLES,
        "A hold on something that is not on the card",
        "What it was to hold back would be claimed.",
        "Name a payment or an outcome as the card does, or leave the cell empty to hold all.",
    ),
    "claimed-twice": _error(
        Stage.TABLES,
        "The same was claimed before in two rows",
        "Both would be taken off what is due, and nobody could tell that one was typed twice.",
        "Take one of them out; what was claimed in two parts is one row with their sum.",
    ),
    "payment-twice": _error(
        Stage.TABLES,
        "A payment stands in two rows",
        "A sum that was paid twice looks just like one that was typed twice.",
        "Take one of them out; or give each its own reference, as the bank states it.",
    ),
}
_SENSE: Final[dict[str, Meaning]] = {
    "consent-early": _warning(
        Stage.SENSE,
        "Consent more than a year before joining",
        "It may be the consent to something else.",
        "Check the date of consent.",
    ),
    "outside-term": _warning(
        Stage.SENSE,
        "Sessions outside the term of the contract",
        "Nothing that falls due outside the term is payable.",
        "Check the date, and the contract of the child.",
    ),
    "session-after-leaving": _warning(
        Stage.SENSE,
        "Sessions after a child has left",
        "They do not count.",
        "Check left_on, or the date of the session.",
    ),
    "period-straddles": _warning(
        Stage.SENSE,
        "An attendance period lies in two academic years",
        "A total cannot be divided between two years, so it counts in neither.",
        "Ask the school for totals by term.",
    ),
    "rate-extreme": _warning(
        Stage.SENSE,
        "A school's attendance is exactly nought or a hundred per cent",
        "A column copied over another looks just like that.",
        "Check the export with the school.",
    ),
    "no-baseline": _warning(
        Stage.SENSE,
        "Children without a baseline",
        "Without it the outcome can neither be assessed nor paid.",
        "Ask for the reading while the baseline window is open.",
    ),
    "survey-unknown": _warning(
        Stage.SENSE,
        "A survey that no card describes",
        "Its scores are not used.",
        "Check the name, or describe the survey on the card.",
    ),
    "marks-missing": _warning(
        Stage.SENSE,
        "Register marks that were never made",
        "They count neither as possible nor as attended; where many are missing, a rate says little.",
        "Ask the school to complete its register.",
    ),
    "score-missing": _warning(
        Stage.SENSE,
        "Rows without a score",
        "They do not count as readings; a missing score is not a nought.",
        "Ask for the score, or take the row out.",
    ),
    "part-outside": _warning(
        Stage.SENSE,
        "A file has no date that the rate cards look at",
        "Nothing in it counts; it may be the file of another term or year.",
        "Check with the sender that it is the file that was asked for.",
    ),
    "part-again": _warning(
        Stage.SENSE,
        "A file says nothing but what another file says",
        "It may be the same file under two names, or another term's under the dates of this one.",
        "Take one of the two out, or correct its dates.",
    ),
    "part-after-validation": _warning(
        Stage.SENSE,
        "A file has dates after the day it was validated",
        "Nobody vouches for what came later; or it is not the file that was validated.",
        "Check that it is that file; if so, have it validated again, and put the new day in wlz.yaml.",
    ),
    "days-swapped": _warning(
        Stage.SENSE,
        "Days and months of a file may be swapped",
        "A spreadsheet that takes 3/4/2018 for March makes dates that look sound and are not.",
        "Look at the dates in the sender's own file; ask for them as year-month-day.",
    ),
    "not-validated": _warning(
        Stage.SENSE,
        "Extracts that nobody has validated",
        "Payment is on validated administrative data; an auditor will ask who vouches for it.",
        "Say in wlz.yaml, under the extract, who validated it and when.",
    ),
}
_OUTPUT: Final[dict[str, Meaning]] = {
    "output-exists": _error(
        Stage.FOLDER,
        "The folder is not empty",
        "Files that are there already would be lost.",
        "Name a new folder.",
    ),
    "output-unwritable": _error(
        Stage.FOLDER,
        "The output cannot be written",
        "Nothing was written, and nothing is lost.",
        "Name a place that can be written to.",
    ),
}

EXTRACTS: Final = _FILES | _FORMATS | _HEADINGS | _CELLS | _ROWS | _TABLES | _SENSE | _OUTPUT

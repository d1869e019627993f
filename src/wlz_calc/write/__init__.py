"""Write: a claim, decisions and findings as people and programs receive them.

A schedule is described once (`schedule`) and rendered by the console and the workbook alike. Nothing is
computed here that money depends on: amounts arrive as pence, and are only added up and worded. Nothing is
read here.
"""

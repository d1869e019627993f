"""What others publish and we only apply: the SDQ's scoring, the DfE's attendance codes, assessment scales.

Plain numbers and names, each with its source. Nothing here knows of a contract, and no instrument's
wording is reproduced: the SDQ questionnaire is copyright of youthinmind.
"""

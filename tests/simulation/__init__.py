"""Programmes whose data change while their quarters are closed, and what must hold of all their claims.

`changing` makes the programmes, `promises` says what must hold after every close.
"""

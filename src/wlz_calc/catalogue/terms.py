TERMS = {}

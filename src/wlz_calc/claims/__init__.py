"""Claims: what a quarter claims, which is what is due to date less what was claimed before."""

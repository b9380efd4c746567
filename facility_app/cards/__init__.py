"""The card reader: what a chip says, read without a PIN and judged against dates and register."""

## Individual numbers

numbers-individual-number = “{ $field }” holds 12 figures that look like an individual number (My Number).
    .undone = Nothing was saved. The figures were not kept.
    .todo = The facility may not write down individual numbers (My Number Act, article 20). Remove the figures. If a telephone number or a time happens to fit, write it with brackets or words, like “Tel. 03(1234)5678” or “20 November at 14h05”.

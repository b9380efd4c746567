## Who may consent to custody
term-consent-advice-ask-the-person = Ask the person first, in words that are understood. Where writing is hard, confirm by word or gesture, and record who was present and when.
term-consent-advice-confirm-will = Family as such has no power. Record how the person's own will was confirmed and who was present.
term-consent-advice-list-must-name-card = See that the list of powers, the contract or the mandate names the cards.
term-consent-advice-proofs-missing = The paper that shows the power was not seen yet.
term-consent-advice-one-proof-enough = See one of the papers that show the power.
term-consent-advice-certificate-old = The certificate of registration was seen over 3 months ago. The city office asks for a new one.
term-consent-advice-came-of-age = The person came of age. This one cannot consent any more; ask the person.
term-consent-advice-power-over = The power has ended.
term-consent-advice-no-power = A guarantor has no power to consent.
term-consent-advice-law-open = The law is not settled where there is no guardian. Record how the will was confirmed and when it is looked at again, and consider guardianship.
term-consent-advice-pin-not-told = As a rule this person is not told a PIN.

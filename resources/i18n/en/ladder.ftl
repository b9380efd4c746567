## Ways to be accepted at a clinic's desk

ladder-way-face = Card and face authentication
ladder-way-pin = Card and PIN
ladder-way-visual = Card and check by eye
ladder-way-certificate = Eligibility certificate
ladder-way-portal = Card and the portal's screen
ladder-way-notice = Card and eligibility notice
ladder-way-phone = Card on the phone
ladder-way-oral = By word of mouth (known there)
ladder-way-declaration = Declaration of eligibility
ladder-way-livelihood = Public assistance voucher
ladder-way-recheck = Inquiry again (no card)
ladder-way-pharmacy = Prescription (pharmacy, without the person)
ladder-way-ambulance = Show the card to the ambulance crew

term-openness-open = may be asked for
term-openness-unsure = to be checked
term-openness-closed = cannot be used

term-certainty-state = papers of the state
term-certainty-published = notices of insurers, cities and others
term-certainty-decision = decided for this program
term-certainty-unverified = to be checked

ladder-source = { $source } ({ $certainty }, checked on { $checked })

## What to say at the desk

ladder-say-face = “This is a My Number Card for health insurance. By face authentication, please.”
ladder-say-pin = “This is a My Number Card for health insurance. The person enters the PIN.”
ladder-say-visual = “Face authentication and PIN cannot be used. Please check by eye.”
ladder-say-certificate = “With the eligibility certificate, please.”
ladder-say-portal = “Please check the card together with this screen.”
ladder-say-notice = “Please check the card together with the eligibility notice.”
ladder-say-phone = “Can you read a card on a phone?”
ladder-say-oral = “The person was here before. Please check by word of mouth.”
ladder-say-declaration = “Eligibility cannot be checked, so here is the declaration of eligibility.”
ladder-say-livelihood = “The person receives public assistance. This is the voucher.”
ladder-say-recheck = “Consent was given before. Please inquire again.”
ladder-say-pharmacy = “I have come for the medicine in the person's place.”
ladder-say-ambulance = “There is a My Number Card. Please look up the person's information.”

## Why this comes first

ladder-first-face = The card works, and the person only looks into the camera.
ladder-first-pin = The card works, and somebody may say the PIN.
ladder-first-visual = The card works, and comparing the photo is enough.
ladder-first-certificate = Showing the paper is enough.
ladder-first-portal = The card cannot be read, so the screen shows the eligibility.
ladder-first-notice = The card cannot be read, so the notice shows the eligibility.
ladder-first-phone = The certificates are on the phone.
ladder-first-oral = Nothing can be read, and the person is known there.
ladder-first-declaration = Nothing can be read, and it is a first visit.
ladder-first-livelihood = With public assistance the voucher is enough.
ladder-first-recheck = Consent was given before, so no card is needed.
ladder-first-pharmacy = The person does not come along, so the prescription is handed in.
ladder-first-ambulance = The crew can see medicines and earlier treatment.

## What it cannot do

ladder-cannot-public-funds = certificates of public funds are needed besides
ladder-cannot-medical-information = no information on medicines and check-ups
ladder-cannot-takes-time = takes time at the desk; say so when booking
ladder-cannot-limit-unless-printed = the cost limit only where it is printed
ladder-cannot-alone = not alone; the card is shown too
ladder-cannot-not-everywhere = not at every clinic
ladder-cannot-only-known-there = only where the person was before
ladder-cannot-difference-later = a difference may be charged later
ladder-cannot-as-issued = only for the clinic and month on it
ladder-cannot-while-it-goes-on = only while the same clinic keeps coming
ladder-cannot-desk-asks-again = the hospital's desk will ask again

## What to bring

ladder-bring-card = My Number Card (out of its cover)
ladder-bring-pin = the person or legal representative who knows the PIN
ladder-bring-certificate = eligibility certificate
ladder-bring-notice = eligibility notice
ladder-bring-screen = the portal's screen or its saved copy
ladder-bring-phone = the person's phone
ladder-bring-card-first-time = My Number Card (both at a first visit)
ladder-bring-declaration = declaration of eligibility
ladder-bring-ticket = public assistance voucher
ladder-bring-prescription = prescription
ladder-along-ticket = public assistance voucher
ladder-along-public-funds = { $kind } (on paper)

## Reasons

ladder-why-no-card = No card is in custody.
ladder-why-card-lost = The card is reported lost.
ladder-why-card-expired = The card expired on { $until }.
ladder-why-certificate-past-grace = The grace of the certificate ended on { $until }.
ladder-why-no-certificate-on-card = The card carries no certificate.
ladder-why-card-blocked = Today's card check found that it does not work.
ladder-why-not-registered = The card is not registered for health insurance.
ladder-why-no-photo = The card has no photo.
ladder-why-reader-broken = The clinic's reader does not work.
ladder-why-declined = The person does not want it.
ladder-why-face-card = It is a face-authentication card (without a PIN).
ladder-why-pin-not-known = Neither the person nor a legal representative knows the PIN.
ladder-why-pin-blocked = No tries are left for the PIN (locked, or a face-authentication card).
ladder-why-visual-refused = This clinic has refused the check by eye.
ladder-why-web-needs-pin = The visiting doctor's web page takes the PIN only.
ladder-why-house-call = A visiting doctor has no machine for faces.
ladder-why-person-not-there = The person does not come along.
ladder-why-no-screen = There is neither the portal's screen nor a saved copy.
ladder-why-portal-in-grace = During the grace nobody can log in to the portal.
ladder-why-no-notice = No eligibility notice is in custody.
ladder-why-notice-expired = The notice expired on { $until }.
ladder-why-no-certificate = No eligibility certificate is in custody.
ladder-why-certificate-expired = The eligibility certificate expired on { $until }.
ladder-why-certificate-not-begun = The eligibility certificate is valid from { $until }.
ladder-why-turned-75 = The paper is of the insurance before the 75th birthday.
ladder-why-no-phone = Nobody has said that the certificates are on a phone.
ladder-why-first-visit = It is a first visit.
ladder-why-not-insured = With public assistance there is no health insurance.
ladder-why-no-ticket = No voucher is in custody.
ladder-why-ticket-expired = The voucher expired on { $until }.
ladder-why-ticket-not-begun = The voucher is valid from { $until }.
ladder-why-ticket-goes-along = The voucher is handed in together with the insurance.
ladder-why-welfare-office-not-told = The welfare office has not been told.
ladder-why-clinic-not-ready = The clinic cannot take the card for public assistance.
ladder-why-prescription-expired = The prescription was valid until { $until }.
ladder-why-no-information-in-grace = During the grace medicines and treatment cannot be seen.
ladder-why-only-house-call = Only when a doctor comes to the house.
ladder-why-only-livelihood = Only with public assistance.
ladder-why-only-pharmacy = Only when staff go to the pharmacy alone.
ladder-why-only-emergency = Only in an emergency.

ladder-why-dates-not-noted = A date is not in the register. Look at the card or paper.
ladder-why-registration-unknown = It is not known whether the card is registered.
ladder-why-register-at-reader = The person wishes to register at the clinic's reader.
ladder-why-coverage-unknown = The register does not say which insurance it is.
ladder-why-coverage-outdated = Register and paper disagree about the insurance. Ask the insurer.
ladder-why-consent-not-noted = The person has not been asked yet.
ladder-why-photo-unknown = Look whether the card has a photo.
ladder-why-face-note-unknown = Look whether the card's notes say “face authentication”.
ladder-why-pin-knower-unknown = Nobody has been asked yet who knows the PIN.
ladder-why-visual-unknown = Ask when booking whether a check by eye is possible.
ladder-why-device-unknown = It depends on what the doctor reads the card with.
ladder-why-person-may-not-answer = The person may not be able to answer.
ladder-why-clinic-phone-unknown = It is not known whether the clinic can read phones.
ladder-why-phone-in-grace = The card's certificate has lapsed; the phone may not work either.
ladder-why-first-visit-unknown = It is not known whether it is a first visit.
ladder-why-oral-first = Where the person is known, ask for a check by word of mouth first.
ladder-why-nothing-promised = Nobody has promised that this is accepted.
ladder-why-earlier-reading-unknown = Make sure that the card was read before.
ladder-why-clinic-readiness-unknown = Ask whether the clinic can take the card for public assistance.
ladder-why-told-long-ago = The welfare office was told on { $until }. Make sure again.
ladder-why-prescription-day-unknown = Look at the date of the prescription (four days).

ladder-why-in-grace = Until { $until } eligibility only.
ladder-why-pin-by-representative = The legal representative who knows the PIN comes along.
ladder-why-call-first = Call the clinic first and say that there is no card.

ladder-why-certificate-in-grace = The certificate is in its grace. The card works at a desk until { $until }.
ladder-why-ask-insurer-early = The eligibility certificate may come only after { $until }. Ask the insurer early.
ladder-why-card-ends-soon = The card or its certificate ends soon (on { $until }).
ladder-why-renewal-open = The certificate can be renewed (until { $until }).
ladder-why-paper-ends-soon = The eligibility certificate ends soon (on { $until }).
ladder-why-certificate-due = There is no eligibility certificate. Ask the insurer for one.
ladder-why-certificate-by-age = By age an eligibility certificate should have come. If not, ask the insurer.
ladder-why-turning-75 = The 75th birthday is on { $until }. See whether the new papers have come.
ladder-why-look-at-face-note = Look whether the card's notes say “face authentication”, and register it.
ladder-why-public-funds-expired = { $kind } expired on { $until }.

## When nobody should leave

ladder-block-contact-insurer = There is no paper that can be used. Call the insurer.
ladder-block-contact-welfare-office = There is no paper that can be used. Call the welfare office.
ladder-block-contact-clinic = The prescription has expired. Call the clinic.

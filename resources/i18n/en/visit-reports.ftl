## The report on visits (services/reporting/visits)

reports-title-visits = Report on visits
log-value-document-visits = report on visits
cli-help-report-visits = make the report on visits
reports-page-paper-visits = Report on visits
reports-page-what-visits = Which way worked at which clinic, the trouble there was, and the time it took. No resident's name stands in it.

reports-section-visit-ways = What worked where
reports-section-visit-troubles = Trouble
reports-section-visit-months = By month

reports-fact-visits-made = visits
reports-fact-visits-told = outcomes noted
reports-fact-visits-with-trouble = with trouble
reports-fact-visits-questions = ratio differs
reports-fact-visits-minutes = Time at desks (where it was noted)
reports-fact-visits-minutes-lost = Of that, at desks with trouble
reports-fact-visits-median = Time of one visit at the desk (median)
reports-fact-visits-none-worked = Times that no way worked
reports-fact-visits-open-questions = Questions to insurers without an answer

reports-column-clinic = clinic
reports-column-visits = visits
reports-column-told = outcomes
reports-column-worked = what worked
reports-column-visual-mode = check by eye
reports-column-with-trouble = trouble
reports-column-median-minutes = time at the desk
reports-column-trouble = trouble
reports-column-clinics = clinics (times)
reports-column-minutes-lost = time with trouble

reports-chart-visit-ways = What worked
reports-chart-visit-troubles = Kinds of trouble
reports-chart-visit-troubles-note = One visit may have several.
reports-chart-visit-clinics = Visits by clinic
reports-chart-visit-lost = Time at desks with trouble
reports-chart-visit-lost-note = Only visits whose time at the desk was noted.
reports-series-smooth = without trouble
reports-series-with-trouble = with trouble
reports-note-visit-troubles = The kinds follow a survey at clinics' desks (Ibaraki, August 2023).
reports-visit-no-way = nothing worked
reports-visit-way-times = { $way } { $times }×
reports-visit-clinic-times = { $name } { $times }×
reports-refusal-departure-open = check before leaving not done
reports-refusal-departure-wrong-pouch = pouch of another resident

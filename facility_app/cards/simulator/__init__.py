"""A simulated card and its reader: for tests, the sample facility and trying things by hand.

Two ways to run it: in this process (`SimulatedReaders`), and behind a real smart-card service
through vsmartcard's virtual reader (`vpcd`).
"""

from facility_app.cards.simulator.card import SimulatedCard as SimulatedCard
from facility_app.cards.simulator.faults import Faults as Faults
from facility_app.cards.simulator.faults import FaultyCard as FaultyCard
from facility_app.cards.simulator.faults import Pace as Pace
from facility_app.cards.simulator.profiles import CardProfile as CardProfile
from facility_app.cards.simulator.reader import SimulatedReaders as SimulatedReaders

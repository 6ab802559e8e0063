"""All stories, in the order in which they are played."""

from typing import Final

from rehearsal.scenes import beginnings, cards, devices, papers, past, sales, stays, troubles
from rehearsal.scenes.story import Story

REPERTOIRE: Final[tuple[Story, ...]] = (
    beginnings.the_door,
    beginnings.a_real_home,
    beginnings.taken,
    beginnings.help_pages,
    beginnings.a_crash,
    beginnings.first_start,
    beginnings.settings,
    devices.in_the_settings,
    sales.cash,
    sales.other_means,
    sales.no_card,
    sales.aside,
    sales.extremes,
    sales.long,
    troubles.cards,
    cards.keyed,
    cards.asked_by_its_holder,
    cards.two_readers,
    cards.a_makers_library,
    troubles.the_bureau_says_otherwise,
    troubles.answers_are_lost,
    troubles.out_of_reach,
    past.looking_up,
    past.taken_back,
    past.a_part_taken_back,
    past.nobody_knows_whether_it_went_back,
    stays.an_empty_ward,
    stays.the_ward,
    stays.a_file_of_charges,
    stays.leaving,
    papers.slip,
    papers.panel,
)
#: The names of all scenes.
SCENES: Final[tuple[str, ...]] = tuple(scene for one in REPERTOIRE for scene in one.scenes)

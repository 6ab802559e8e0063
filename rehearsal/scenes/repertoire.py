"""All stories, in the order in which they are played."""

from typing import Final

from rehearsal.scenes import beginnings, papers, sales, troubles
from rehearsal.scenes.story import Story

REPERTOIRE: Final[tuple[Story, ...]] = (
    beginnings.the_door,
    beginnings.help_pages,
    beginnings.a_crash,
    sales.cash,
    sales.other_means,
    sales.no_card,
    sales.aside,
    sales.extremes,
    sales.long,
    troubles.cards,
    troubles.the_bureau_says_otherwise,
    troubles.an_answer_is_lost,
    troubles.out_of_reach,
    papers.slip,
    papers.panel,
)

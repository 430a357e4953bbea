"""Does one case come from the first question to the last report, through real pages, workers and e-mails?"""

import pytest

from tests.journeys.deciding import (
    then_the_case_is_closed_and_its_history_can_be_read,
    then_the_decision_is_read_back_and_signed,
    then_the_referrer_is_sent_only_a_link,
    when_the_chair_begins_the_decision,
    when_the_letter_is_approved_and_sent,
    when_the_owner_reports_that_it_is_done,
    when_the_referrer_follows_it_on_another_machine,
    when_what_the_board_decided_is_typed,
)
from tests.journeys.meeting import (
    then_everybody_on_the_board_has_the_agenda_once,
    then_the_page_says_that_all_were_sent,
    when_people_come_in_until_the_lamp_is_green,
    when_the_agenda_is_sent,
    when_the_case_is_discussed,
    when_the_case_is_listed_after_the_cut_off,
    when_the_coordinator_plans_a_meeting,
    when_the_meeting_is_closed,
    when_the_meeting_is_opened,
)
from tests.journeys.phone import PHONE_IN_THE_DARK, then_every_main_page_holds_on_a_phone_in_the_dark
from tests.journeys.post import Post
from tests.journeys.preparing import ANSWERS, then_the_case_shows_all_four, when_a_discipline_signs_its_input
from tests.journeys.referring import (
    then_the_coordinator_is_told,
    then_the_page_says_what_is_missing_and_keeps_what_was_typed,
    when_a_referral_is_sent_too_early,
    when_the_coordinator_takes_the_case_in,
    when_the_referral_is_completed_and_sent,
)

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_from_the_first_question_to_the_last_report(cast, at_a_browser, worker, smtp):
    post = Post(smtp)
    referrer, coordinator = at_a_browser(cast.referrer), at_a_browser(cast.coordinator)
    chair = at_a_browser(cast.chair)
    specialists = {discipline: at_a_browser(cast.people[discipline]) for discipline in ANSWERS}

    referrer.signs_in()
    when_a_referral_is_sent_too_early(referrer)
    then_the_page_says_what_is_missing_and_keeps_what_was_typed(referrer)
    case = when_the_referral_is_completed_and_sent(referrer)
    then_the_coordinator_is_told(post, coordinator, case)

    when_the_coordinator_takes_the_case_in(coordinator, post)
    for discipline, specialist in specialists.items():
        when_a_discipline_signs_its_input(specialist, post, discipline)
    then_the_case_shows_all_four(coordinator, case)

    meeting = when_the_coordinator_plans_a_meeting(coordinator, cast)
    when_the_case_is_listed_after_the_cut_off(coordinator, case)
    when_the_agenda_is_sent(coordinator)
    then_everybody_on_the_board_has_the_agenda_once(post, cast, meeting, case)
    then_the_page_says_that_all_were_sent(coordinator, meeting)

    when_the_meeting_is_opened(coordinator)
    when_people_come_in_until_the_lamp_is_green(coordinator, cast)
    when_the_case_is_discussed(coordinator)
    when_the_chair_begins_the_decision(chair, meeting)
    when_what_the_board_decided_is_typed(chair, cast)
    then_the_decision_is_read_back_and_signed(chair)
    when_the_meeting_is_closed(coordinator, meeting)

    when_the_letter_is_approved_and_sent(chair, cast)
    path = then_the_referrer_is_sent_only_a_link(post, referrer)
    when_the_referrer_follows_it_on_another_machine(at_a_browser(cast.referrer), path, case)

    when_the_owner_reports_that_it_is_done(specialists["interventional"], "vein embolisation", case)
    when_the_owner_reports_that_it_is_done(referrer, "Clinic appointment", case)
    then_the_case_is_closed_and_its_history_can_be_read(coordinator, case)
    post.names_no_patient()
    post.came_once_each()

    in_the_hand = at_a_browser(cast.coordinator, **PHONE_IN_THE_DARK)
    then_every_main_page_holds_on_a_phone_in_the_dark(in_the_hand, case, meeting)

"""How does the board decide, and how do the referrer and the owners learn of it?"""

import re
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from cases.models import Case, Recommendation
from cases.vocabulary import CaseStatus
from tests.journeys import patient
from tests.journeys.cast import Cast
from tests.journeys.post import Post, text_of
from tests.journeys.somebody import Somebody

DISSENT = "Two more cycles first, while the marker is still falling."


def days_ahead(days: int) -> str:
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def when_the_chair_begins_the_decision(chair: Somebody, meeting) -> None:
    chair.signs_in(at=f"/meetings/{meeting.pk}/hold/")
    chair.follows(re.compile("Decide$"))
    chair.sees(re.compile("Cannot sign yet"))


def when_what_the_board_decided_is_typed(chair: Somebody, cast: Cast) -> None:
    """Each part saves itself: nobody presses a button for it."""
    chair.chooses("Intent", "Curative")
    _each_lesion_is_planned(chair)
    _add_action(chair, "Portal or hepatic vein embolisation", cast.interventional, days_ahead(14))
    _add_action(chair, "Clinic appointment", cast.referrer, days_ahead(2))
    chair.types("Why the board recommends this", "The remnant is a quarter of the liver; it must grow first.")
    chair.chooses("How the wish counted", "Followed in part")
    chair.types("Why it counted so", "The operation comes after June.")
    chair.page.get_by_role("button", name="Record dissent").click()
    dissent = chair.page.locator("[data-list=dissents] [data-part]").last
    chair.selects("Who", cast.oncologist.display_name, within=dissent)
    chair.types("Would do what instead", DISSENT, within=dissent)


def _each_lesion_is_planned(chair: Somebody) -> None:
    plans = chair.page.locator("[data-list=plans] select[name=plan]")
    if not plans.count():
        return
    chair.selects("The same for every lesion without a plan", "Resect")
    for number in range(plans.count()):
        expect(plans.nth(number)).to_have_value("RESECT")


def _add_action(chair: Somebody, kind: str, owner, due_on: str) -> None:
    rows = chair.page.locator("[data-list=actions] [data-part]")
    before = rows.count()
    chair.page.get_by_role("button", name="Add an action").click()
    expect(rows).to_have_count(before + 1)
    row = rows.nth(before)
    chair.selects("What", kind, within=row)
    chair.selects("Owner", owner.display_name, within=row)
    chair.types("By", due_on, within=row)
    # What is summed up in its line is in the record.
    expect(row.locator("summary")).to_contain_text(owner.display_name)


def then_the_decision_is_read_back_and_signed(chair: Somebody) -> None:
    read_back = chair.page.locator("#read-back")
    expect(read_back).to_contain_text("portal or hepatic vein embolisation", ignore_case=True)
    expect(read_back).to_contain_text("One dissent recorded")
    confirm = chair.page.get_by_role("button", name="Read back to the room: confirmed")
    expect(confirm).to_be_visible()
    chair.looks()
    _the_paragraph_tells_what_is_recorded(chair)
    confirm.click()
    expect(chair.page.get_by_role("button", name="Sign as chair")).to_be_enabled()
    chair.presses("Sign as chair", then="The decision is signed.")
    chair.sees(DISSENT)


def _the_paragraph_tells_what_is_recorded(chair: Somebody) -> None:
    """All is saved, and what is read back is no older than that."""
    expect(chair.page.locator("[data-saved-words]", has_text="Saving")).to_have_count(0)
    version = chair.page.locator("[data-confirms] [name=version]")
    expect(version).to_have_value(str(Recommendation.objects.get(superseded_at=None).version))


def when_the_letter_is_approved_and_sent(chair: Somebody, cast: Cast) -> None:
    chair.follows(f"Letter 1 to {cast.referrer.display_name}")
    chair.presses("Approve this letter", then="The letter is approved.")
    chair.presses(f"Send to {cast.referrer.display_name}", then="is told that the letter is here")


def then_the_referrer_is_sent_only_a_link(post: Post, referrer: Somebody) -> str:
    mail = post.to(referrer.user, about="The board’s recommendation")
    assert not mail.attachments
    assert "embolisation" not in mail.everything.casefold()
    return mail.path


def when_the_referrer_follows_it_on_another_machine(referrer: Somebody, path: str, case: Case) -> None:
    referrer.signs_in(at=path)
    letter = text_of(referrer.downloads(re.compile("Open the letter")))
    for expected in (patient.FAMILY, patient.RECORD, case.number, "vein embolisation", "Clinic appointment"):
        assert expected.casefold() in letter.casefold(), expected


def when_the_owner_reports_that_it_is_done(owner: Somebody, action: str, case: Case) -> None:
    owner.opens(reverse("cases:actions"))
    owner.sees(action)
    owner.follows(case.number)
    owner.chooses("What became of it", "Done")
    owner.types("Done on", timezone.localdate().isoformat())
    owner.presses("Record", then=re.compile("Recorded for"))


def then_the_case_is_closed_and_its_history_can_be_read(coordinator: Somebody, case: Case) -> None:
    case.refresh_from_db()
    assert case.status == CaseStatus.CLOSED
    coordinator.opens(reverse("cases:case", args=[case.pk]))
    coordinator.sees("Closed")
    coordinator.follows("The whole history")
    for who in ("B. Nightingale", "A. Hollis", "J. Arkwright", "I. Duarte"):
        expect(coordinator.page.get_by_role("main")).to_contain_text(who)

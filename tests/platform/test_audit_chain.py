"""Sealed lines hold together: one altered byte, in the trail or in what was sealed, is found."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from cases.models import Recommendation
from cases.services import pathway
from tests.factories import a_lesion
from tests.factories.decisions import a_room
from tumorboard.audit import chain, trail
from tumorboard.audit.models import ChainEntry, ChainHead


def sealed(number):
    event = trail.record(actor=None, verb="thing.sealed", about=f"thing:{number}", number=number)
    return trail.seal(event, {"number": number})


@pytest.mark.django_db
def test_each_seal_follows_from_the_one_before():
    seals = [sealed(number) for number in range(3)]

    assert [entry.digest for entry in ChainEntry.objects.order_by("number")] == seals
    assert [entry.previous for entry in ChainEntry.objects.order_by("number")] == [
        chain.BEGINNING,
        *seals[:2],
    ]
    assert chain.verify() == chain.Verdict(3)


@pytest.mark.django_db
def test_the_same_content_has_the_same_digest_in_any_order():
    assert chain.digest_of({"a": 1, "b": "ü"}) == chain.digest_of({"b": "ü", "a": 1})
    assert chain.digest_of({"a": 1}) != chain.digest_of({"a": "1"})


@pytest.mark.django_db
def test_an_empty_chain_holds():
    assert chain.verify() == chain.Verdict(0)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE audit_chainentry SET content = 'x'",
        "DELETE FROM audit_chainentry",
        "DELETE FROM audit_chainhead",
    ],
)
def test_the_database_refuses_to_alter_the_chain(sql):
    sealed(1)

    with pytest.raises(DatabaseError, match="pgtrigger"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def behind_the_door(table, sql):
    """As the owner of the database could: without the triggers that would refuse."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(sql)
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


ENTRY, EVENT = "audit_chainentry", "audit_auditevent"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("table", "sql", "broken", "why"),
    [
        (EVENT, "UPDATE audit_auditevent SET verb = 'thing.seale' WHERE about = 'thing:1'", 2, "altered"),
        (
            EVENT,
            "UPDATE audit_auditevent SET at = at + interval '1 us' WHERE about = 'thing:0'",
            1,
            "altered",
        ),
        (EVENT, "UPDATE audit_auditevent SET details = '{}' WHERE about = 'thing:2'", 3, "altered"),
        (ENTRY, "UPDATE audit_chainentry SET content = repeat('a', 64) WHERE number = 2", 2, "altered"),
        (ENTRY, "UPDATE audit_chainentry SET digest = repeat('a', 64) WHERE number = 1", 1, "altered"),
        (ENTRY, "DELETE FROM audit_chainentry WHERE number = 2", 2, "missing"),
        (ENTRY, "DELETE FROM audit_chainentry WHERE number = 3", 3, "end of the chain is missing"),
        ("audit_chainhead", "DELETE FROM audit_chainhead", 4, "end of the chain is missing"),
    ],
)
def test_the_first_seal_that_does_not_hold_is_named(table, sql, broken, why):
    for number in range(3):
        sealed(number)
    behind_the_door(table, sql)
    verdict = chain.verify()

    assert (verdict.broken, verdict.looked_at) == (broken, broken - 1)
    assert why in verdict.why
    with pytest.raises(CommandError, match=f"Seal {broken} does not hold") as refused:
        call_command("verify_audit")
    assert refused.value.returncode == 1


@pytest.mark.django_db
def test_a_signed_decision_carries_its_seal_and_the_chain_holds(capsys):
    room = a_room()
    a_lesion(room.case)
    signed = room.decide()
    amended = room.amend(signed, rationale="The new CT shows the same.")

    assert [signed.seal, amended.seal] == list(
        ChainEntry.objects.order_by("number").values_list("digest", flat=True)
    )
    call_command("verify_audit")
    assert capsys.readouterr().out.startswith("Seals that hold: 2. None is broken.\nLines that hold: ")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("table", "sql"),
    [
        ("cases_recommendation", "UPDATE cases_recommendation SET rationale = rationale || ' '"),
        ("cases_recommendation", "UPDATE cases_recommendation SET signed_at = signed_at + interval '1 us'"),
        ("cases_recommendation", "UPDATE cases_recommendation SET snapshot = snapshot || '{\"x\": 1}'"),
        ("cases_recommendation", "UPDATE cases_recommendation SET seal = repeat('a', 64)"),
        ("cases_lesionplan", "UPDATE cases_lesionplan SET plan = 'WATCH'"),
        ("cases_recommendedaction", "UPDATE cases_recommendedaction SET due_on = due_on + 1"),
        ("cases_actionlesion", "DELETE FROM cases_actionlesion"),
        ("cases_dissent", "DELETE FROM cases_dissent"),
    ],
)
def test_an_altered_decision_is_found(table, sql):
    room = a_room()
    lesion = a_lesion(room.case)
    room.decide([room.action(lesions=[lesion])], dissents=[a_dissent()])
    behind_the_door(table, sql)

    assert chain.verify().broken == 1


def a_dissent():
    from cases.services.recommendation import DissentSaid

    return DissentSaid("Two more cycles.")


@pytest.mark.django_db(transaction=True)
def test_eight_who_sign_at_once_break_nothing():
    rooms = [a_room() for _ in range(8)]
    kept = [room.confirmed() for room in rooms]
    gate = Barrier(8)

    def sign(room, written):
        try:
            gate.wait(20)
            pathway.sign_off(recommendation=written, version=written.version, by=room.chair)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(sign, rooms, kept))

    assert chain.verify() == chain.Verdict(8)
    assert ChainHead.objects.get().number == 8
    assert set(Recommendation.objects.values_list("seal", flat=True)) == set(
        ChainEntry.objects.values_list("digest", flat=True)
    )

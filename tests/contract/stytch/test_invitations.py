"""magic_links.email.invite and magic_links.email.revoke_invite."""

from __future__ import annotations

from tests.support.stytch_emulator import refused


def test_an_invitation_makes_a_pending_user(client):
    reply = client.magic_links.email.invite("ada@example.com")

    assert client.users.get(reply.user_id).status == "pending"


def test_an_invitation_sets_the_users_name_and_metadata(client):
    reply = client.magic_links.email.invite(
        "ada@example.com",
        name={"first_name": "Ada", "last_name": "Lovelace"},
        trusted_metadata={"plan": "pro"},
        untrusted_metadata={"theme": "dark"},
    )

    user = client.users.get(reply.user_id)
    assert (user.name.first_name, user.name.last_name) == ("Ada", "Lovelace")
    assert (user.trusted_metadata, user.untrusted_metadata) == ({"plan": "pro"}, {"theme": "dark"})


def test_an_invitation_has_a_mail_of_its_own(client, emulator):
    client.magic_links.email.invite("ada@example.com")

    assert emulator.mails()[0].subject == "You are invited to Latchkey"


def test_using_an_invitation_makes_the_user_active_and_the_address_verified(client, emulator):
    client.magic_links.email.invite("ada@example.com")

    user = client.magic_links.authenticate(emulator.newest_token()).user

    assert (user.status, user.emails[0].verified) == ("active", True)


def test_a_pending_user_can_be_invited_again(client, emulator):
    first = client.magic_links.email.invite("ada@example.com")
    emulator.advance(seconds=1)

    second = client.magic_links.email.invite("ada@example.com")

    assert second.user_id == first.user_id


def test_an_active_user_cannot_be_invited(client, emulator):
    emulator.sign_in("ada@example.com")
    emulator.advance(seconds=1)

    with refused(400, "duplicate_email"):
        client.magic_links.email.invite("ada@example.com")


def test_an_invitation_is_good_for_an_hour(client, emulator):
    client.magic_links.email.invite("ada@example.com")
    emulator.advance(minutes=60)

    with refused(401, "unable_to_auth_magic_link"):
        client.magic_links.authenticate(emulator.newest_token())


def test_an_invitation_can_be_given_a_longer_life(client, emulator):
    client.magic_links.email.invite("ada@example.com", invite_expiration_minutes=10080)
    emulator.advance(days=6)

    reply = client.magic_links.authenticate(emulator.newest_token())

    assert reply.status_code == 200


def test_an_invitation_can_have_redirect_urls_of_its_own(start_emulator):
    emulator = start_emulator(invite_redirect_urls=("https://example.com/join",))

    emulator.client().magic_links.email.invite("ada@example.com")

    assert emulator.mails()[0].link.startswith("https://example.com/join?")


def test_a_revoked_invitation_cannot_be_used(client, emulator):
    client.magic_links.email.invite("ada@example.com")

    client.magic_links.email.revoke_invite("ada@example.com")

    with refused(401, "unable_to_auth_magic_link"):
        client.magic_links.authenticate(emulator.newest_token())


def test_revoking_leaves_login_links_alone(client, emulator):
    client.magic_links.email.login_or_create("ada@example.com")

    client.magic_links.email.revoke_invite("ada@example.com")

    assert client.magic_links.authenticate(emulator.newest_token()).status_code == 200


def test_revoking_an_unknown_address_is_refused(client):
    with refused(404, "email_not_found"):
        client.magic_links.email.revoke_invite("nobody@example.com")

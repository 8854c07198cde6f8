"""What people read when the gate, or what belongs to it, refuses something."""

from collections.abc import Mapping

from chalicelib.web.i18n import N_

REFUSALS: Mapping[str, str] = {
    "gate_checked_in": N_("%(name)s may go in."),
    "gate_checked_out": N_("%(name)s has left."),
    "gate_already_in": N_("%(name)s is already inside. Going out? Check them out."),
    "gate_already_out": N_("%(name)s is not inside."),
    "gate_too_early": N_("The gate opens for this visit on %(opens)s."),
    "gate_expired": N_("This visit ended on %(ends)s."),
    "gate_cancelled": N_("The visit was cancelled, or the code was replaced by a newer one. Please ask the host."),
    "gate_not_approved": N_("This visit is not approved. Please ask the host."),
    "gate_wrong_site": N_("This visit is at another site: %(site)s."),
    "gate_blocked": N_("%(name)s may not be let in. Please call reception; they know."),
    "gate_watched": N_("%(name)s may go in. Please ask them to wait for reception, who have been told."),
    "already_ended": N_("This was ended already."),
    "walk_in_blocked": N_("This person may not be let in. Please call reception."),
    "badge_out": N_("%(name)s has this badge. Please hand out another one."),
    "badge_not_out": N_("This badge is not out."),
    "gate_unknown": N_("Nobody is known by this code. Please check it, or ask reception."),
    "gate_choose": N_("Several visitors fit. Please choose one."),
    "nothing_to_undo": N_("There is nothing to take back: the visitor went through a gate since, or never did."),
    "too_late_to_undo": N_("This was more than %(minutes)s minutes ago. Please let the visitor through the other way."),
    "already_settled": N_("Somebody has settled this already."),
    "unknown_gate": N_("There is no such gate."),
    "gate_needs_site": N_("Several sites have a gate of this name. Please name the site, too."),
    "in_the_future": N_("This time is still to come. Please check the clock of the device."),
    "too_long_ago": N_("This is more than %(hours)s hours ago."),
    "nonce_reused": N_("This number was already used for another scan."),
    "pass_illegal_move": N_("The present status of the pass does not allow this."),
    "invitation_over": N_("This invitation is no longer valid."),
}

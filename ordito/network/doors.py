"""How the pages of a district let people in, and the way back from them."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from ordito.accounts.models import User
from ordito.ledger.record import AlreadyRecorded, is_recorded
from ordito.registry.models import District

Rule = Callable[[User | AnonymousUser, District], bool]


class MemberRequest(HttpRequest):
    """A request of someone who signed in."""

    user: User


def visible_district(request: HttpRequest, slug: str) -> District:
    """The district for whoever may see it. Raises Http404."""
    return get_object_or_404(District.objects.visible_to(request.user), slug=slug)


def district_for(request: HttpRequest, slug: str, rule: Rule) -> District:
    """The district for whom the rule admits.

    Raises PermissionDenied for others with a role there, Http404 for strangers.
    """
    district = get_object_or_404(District.objects.of(request.user), slug=slug)
    if not rule(request.user, district):
        raise PermissionDenied
    return district


def accepted(form: BaseForm, act: Callable[[], object]) -> bool:
    """Run the act for a form; a refusal becomes an error, on its field where it has one.

    A form sent twice is accepted twice, and done once.
    """
    try:
        act()
    except AlreadyRecorded:
        return True
    except ValidationError as refusal:
        # What is refused now may be the second sending of what was done before.
        if is_recorded(form.cleaned_data.get("key", "")):
            return True
        for name, them in refusal.update_error_dict({}).items():
            form.add_error(name if name in form.fields else None, them)
        return False
    return True


def form_answer(
    request: HttpRequest,
    form: BaseForm,
    *,
    district: District,
    title: str,
    action: str,
    trail: list[tuple[Any, str]],
    back: str = "",
    back_label: str = "",
    intro: object = "",
) -> HttpResponse:
    """The common page of a form; 422 when it comes back refused."""
    page = {
        "district": district,
        "form": form,
        "title": title,
        "here": title,
        "action": action,
        "trail": trail,
        "back": back,
        "back_label": back_label,
        "intro": intro,
    }
    return render(request, "ui/form_page.html", page, status=422 if form.errors else 200)


def trail_of(district: District, *steps: tuple[object, str]) -> list[tuple[Any, str]]:
    """The way back to a page of the district: label and address of each step."""
    return [(district, reverse("web:district", args=[district.slug])), *steps]

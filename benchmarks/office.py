"""Someone who coordinates the measured district."""

from ordito.accounts.models import User
from ordito.registry.models import District, DistrictRole


def coordinator(district: District) -> User:
    """The coordinator of a district, made at the first call."""
    kind = DistrictRole.Kind.PLAN_COORDINATOR
    email = f"misure-{district.slug}@example.org"
    user = User.objects.filter(email=email).first()
    if user is None:
        user = User.objects.create_user(email, name="Misure")
        DistrictRole.objects.create(user=user, district=district, kind=kind)
    return user

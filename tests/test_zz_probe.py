import pytest
from django.urls import reverse
from tests.access import *
from tests.tenants import *
import time
pytestmark = pytest.mark.django_db
def test_x():
    import time as T
    t=T.process_time()
    a, b = make_tenant("alfa"), make_tenant("beta")
    us = people_around(a,b)
    print("make", T.process_time()-t)
    for name in routes():
        if name in TABLE: continue
        res=[]
        for who in (None, us["delegate"], us["staff"]):
            for m in ("get","post"):
                c = entered(who)
                try: url = reverse(name)
                except Exception:
                    from django.urls import NoReverseMatch
                    try: url = reverse(name, args=["identita"])
                    except NoReverseMatch: url = reverse(name, args=["1","set-password"])
                res.append(getattr(c,m)(url, *([{"inviato":""}] if m=="post" else [])).status_code)
        print(name, res)
    t=T.process_time(); n=0
    for who,u in us.items():
        c = entered(u)
        for name, line in TABLE.items():
            url = reverse(name, kwargs=a.address(line.address))
            for m, want in (("get", line.get), ("post", line.post)):
                if m == "post" and name=="network:role_end": continue
                try: got = getattr(c,m)(url, *([{"inviato":""}] if m=="post" else [])).status_code
                except Exception as e: got = repr(e)
                n+=1
                if got != want[who]: print("DIFF", who, m, name, got, want[who])
        for name, line in NOT_PUBLISHED:
            url = reverse(name, kwargs=a.address(line.address))
            for m, want in (("get", line.get), ("post", line.post)):
                got = getattr(c,m)(url, *([{"inviato":""}] if m=="post" else [])).status_code; n+=1
                if got != want[who]: print("DIFF hidden", who, m, name, line.address, got, want[who])
    print("walk", n, T.process_time()-t)

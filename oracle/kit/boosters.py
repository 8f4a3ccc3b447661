"""A case of a gradient boosting library: what to build and fit, and which releases of the library can."""
from kit.sk import parse


class BoosterCase(object):
    """A fitted model of LightGBM or XGBoost.

    build    (X, y) -> the fitted model
    answers  (model, inputs) -> [(method, numbers)], for a Booster that has no scikit-learn methods
    ulp      how closely numbers that went through an exponential are met
    link     whether `predict` is one of those
    file     arguments of its `save_model`, where it is kept in the library's own format and not as a pickle
    meta     a scikit-learn composite: True for gates as for those, else the gate
    skip     methods that are not asked
    """

    container = protocol = None

    def __init__(self, name, build, data, since='0', until='99', answers=None, ulp=0, link=False, meta=False,
                 skip=(), file=None):
        self.name, self.build, self.data = name, build, data
        self.since, self.until = parse(since), parse(until)
        self.answers, self.ulp, self.link, self.meta, self.file = answers, ulp, link, meta, file
        self.skip = skip

    def wanted(self, version):
        version = parse(version)
        return self.since <= version and version[:len(self.until)] <= self.until

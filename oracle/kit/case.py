"""A case: a name, what to build, on which data, and the versions that can."""
from kit.sk import VERSION, parse


class Case(object):
    """One estimator fitted on one data set.

    core   also made for the versions that get the small selection
    x      an extra variation, which only the newest version makes
    since  first scikit-learn version that can, until: the last
    after  called with the fitted estimator before it is asked
    skip   methods not to ask
    ask    methods of kit/more_methods.py to ask besides
    """

    def __init__(self, name, build, data, core=False, since='0.17', until='99', container=None, protocol=None,
                 x=False, after=None, skip=(), ask=()):
        self.name, self.build, self.data = name, build, data
        self.core, self.x = core, x
        self.since, self.until = parse(since), parse(until)
        self.container, self.protocol, self.after, self.skip = container, protocol, after, skip
        self.ask = ask

    def wanted(self, selection):
        width = len(self.until)
        if VERSION < self.since or VERSION[:width] > self.until:
            return False
        if selection == 'core':
            return self.core
        return selection == 'all' or not self.x


def cases_of(module):
    """A function that makes cases under `module/`."""
    def case(name, build, data, **options):
        return Case(module + '/' + name, build, data, **options)
    return case

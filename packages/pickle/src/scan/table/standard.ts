/** @module Names of the standard library and of what stands close to it: dates, zones, joblib. */

import type { Table } from "./format.ts";

export const STANDARD: Table = {
  values: `
collections: OrderedDict=mapping/keeps@dict Counter=mapping/keeps@dict deque=bag/keeps@list UserDict/keeps UserList/keeps UserString
# It asks each of its maps: they are data, also when they are filled later.
collections: ChainMap/keeps
# It calls its factory for a key that it has not: that is one of a few that make an empty value.
collections: defaultdict=factory/keeps@dict
decimal _decimal _pydecimal cdecimal: Decimal
fractions: Fraction
uuid: UUID
array: array _array_reconstructor=arrayOf
random: Random
# Made by __new__ they are new; called, they are shared.
dateutil.tz dateutil.tz.tz: tzutc/unshared tzoffset/unshared
sklearn.utils.deprecation: DeprecationDict=mapping/keeps@dict
sklearn.covariance._graph_lasso: _DictWithDeprecatedKeys=mapping/keeps@dict
`,
  fixed: `
datetime: date datetime time timedelta timezone
uuid: SafeUUID
ipaddress: IPv4Address IPv6Address IPv4Network IPv6Network IPv4Interface IPv6Interface
re sre: _compile compile RegexFlag
# They read a file of the zone's name in a folder of zones.
zoneinfo: ZoneInfo=zone ZoneInfo._unpickle=zone
pytz: _UTC _p=zone
`,
  callables: `
# Only stored, unless it is called, or given to a defaultdict: then its function must be one that may be.
functools: partial=partial/partial
`,
  named: `
math: sqrt log log10 log2 log1p exp expm1 sin cos tan floor ceil fabs isnan isfinite
# The methods of a compiled expression are functions of texts.
re sre: _compile.findall _compile.split _compile.match _compile.search _compile.fullmatch _compile.sub
`,
};

/** @module Names of the standard library and of what stands close to it: dates, zones, joblib. */

import type { Table } from "./format.ts";

export const STANDARD: Table = {
  values: `
collections: OrderedDict=mapping/keeps@dict Counter=mapping/keeps@dict deque=bag/keeps@list
# It calls its factory for a key that it has not: that is one of a few that make an empty value.
collections: defaultdict=factory/keeps@dict
decimal _decimal _pydecimal cdecimal: Decimal=literals
fractions: Fraction=literals
array: array _array_reconstructor=arrayOf
random: Random=noArguments
sklearn.utils.deprecation: DeprecationDict=mapping/keeps@dict
sklearn.covariance._graph_lasso: _DictWithDeprecatedKeys=mapping/keeps@dict
`,
  bare: `
# The maps of a chain are asked for what they have: they are data, also when they are filled later.
collections: UserDict/keeps UserList/keeps UserString ChainMap/keeps
uuid: UUID
# Made by __new__ they are new; called, they are shared.
dateutil.tz dateutil.tz.tz: tzutc/unshared@measure tzoffset/unshared@measure
`,
  fixed: `
datetime: date datetime time timedelta@measure timezone@measure
uuid: SafeUUID
ipaddress: IPv4Address=literals IPv6Address=literals IPv4Network=literals IPv6Network=literals
ipaddress: IPv4Interface=literals IPv6Interface=literals
re sre: _compile=pattern compile=pattern RegexFlag
# They read a file of the zone's name in a folder of zones.
zoneinfo: ZoneInfo=zone@measure ZoneInfo._unpickle=zone@measure
pytz: _UTC=noArguments@measure _p=zone@measure
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

/** @module Names of pandas and pyarrow. */

import type { Table } from "./format.ts";

export const PANDAS: Table = {
  values: `
pandas: PeriodDtype=measures StringDtype=data
pandas.core.internals pandas.core.internals.managers: BlockManager
pandas.core.internals pandas.core.internals.managers pandas._libs.internals: _unpickle_block
pandas.core.internals.blocks: new_block
pandas._libs.internals: BlockPlacement
# They make an index of the class that they are given, with what a dict has.
pandas.core.indexes.base pandas.indexes.base pandas.core.index: _new_Index=indexClass
pandas.core.indexes.datetimes pandas.tseries.index: _new_DatetimeIndex=indexClass
pandas.core.indexes.timedeltas pandas.tseries.tdi: _new_TimedeltaIndex=indexClass
pandas.core.indexes.period pandas.tseries.period: _new_PeriodIndex=indexClass
pandas.core.indexes.interval: _new_IntervalIndex=indexClass
pandas.core.indexes.frozen pandas.core.base pandas.indexes.frozen: FrozenList=bag@list
pandas.core.arrays.string_: StringDtype=data
pandas.core.dtypes.dtypes: PeriodDtype=measures
pandas._libs.arrays: __pyx_unpickle_NDArrayBacked=backedClass
pandas._libs.interval: Interval __pyx_unpickle_IntervalMixin=cython
pandas._libs.sparse: IntIndex BlockIndex
pandas pandas._libs.period pandas._period pandas._libs.tslibs.period: Period=measures@measure Interval
pandas._libs.tslibs.period: __pyx_unpickle_PeriodMixin=cython
pandas.tseries.offsets pandas._libs.tslibs.offsets: Day=measures@measure Hour=measures@measure Minute=measures@measure
pandas.tseries.offsets pandas._libs.tslibs.offsets: Second=measures@measure Milli=measures@measure
pandas.tseries.offsets pandas._libs.tslibs.offsets: Micro=measures@measure Nano=measures@measure BDay=measures@measure
pandas.tseries.offsets pandas._libs.tslibs.offsets: BusinessDay=measures@measure MonthEnd=measures@measure
pandas.tseries.offsets pandas._libs.tslibs.offsets: MonthBegin=measures@measure
pandas.tseries.offsets pandas._libs.tslibs.offsets: BusinessMonthEnd=measures@measure
pandas.tseries.offsets pandas._libs.tslibs.offsets: BusinessMonthBegin=measures@measure QuarterEnd=measures@measure
pandas.tseries.offsets pandas._libs.tslibs.offsets: QuarterBegin=measures@measure BQuarterEnd=measures@measure
pandas.tseries.offsets pandas._libs.tslibs.offsets: BQuarterBegin=measures@measure YearEnd=measures@measure
pandas.tseries.offsets pandas._libs.tslibs.offsets: YearBegin=measures@measure BYearEnd=measures@measure
pandas.tseries.offsets pandas._libs.tslibs.offsets: BYearBegin=measures@measure Week=measures@measure
pandas.tseries.offsets pandas._libs.tslibs.offsets: WeekOfMonth=measures@measure
pandas.tseries.offsets pandas._libs.tslibs.offsets: LastWeekOfMonth=measures@measure SemiMonthEnd=measures@measure
pandas.tseries.offsets pandas._libs.tslibs.offsets: SemiMonthBegin=measures@measure Easter=measures@measure
pandas.tseries.offsets pandas._libs.tslibs.offsets: FY5253=measures@measure
pandas pandas.tseries.offsets pandas._libs.tslibs.offsets: DateOffset=noArguments@measure
dateutil.relativedelta: relativedelta=noArguments
# Arrow's arrays are put together of buffers, types by their names.
pyarrow.lib: _restore_array py_buffer=literals chunked_array type_for_alias=literals
`,
  bare: `
pandas pandas.core.frame: DataFrame
pandas pandas.core.series: Series
pandas: Categorical@backed CategoricalDtype DatetimeTZDtype IntervalDtype SparseDtype BooleanDtype Int8Dtype
pandas: Int16Dtype Int32Dtype Int64Dtype UInt8Dtype UInt16Dtype UInt32Dtype UInt64Dtype Float32Dtype Float64Dtype
pandas.arrays: BooleanArray@backed DatetimeArray@backed TimedeltaArray@backed FloatingArray@backed IntegerArray@backed
pandas.arrays: StringArray@backed PeriodArray@backed IntervalArray SparseArray ArrowStringArray NumpyExtensionArray@backed
pandas.arrays: PandasArray@backed
pandas.core.internals pandas.core.internals.managers: SingleBlockManager
pandas.core.flags: Flags
pandas: Index@index RangeIndex@index MultiIndex@index CategoricalIndex@index DatetimeIndex@index TimedeltaIndex@index
pandas: PeriodIndex@index IntervalIndex@index Int64Index@index UInt64Index@index Float64Index@index
pandas.core.indexes.base pandas.indexes.base pandas.core.index: Index@index
pandas.core.indexes.range pandas.indexes.range: RangeIndex@index
pandas.core.indexes.multi pandas.indexes.multi pandas.core.index: MultiIndex@index
pandas.core.indexes.numeric pandas.indexes.numeric pandas.core.index: Int64Index@index UInt64Index@index Float64Index@index NumericIndex@index
pandas.core.indexes.category pandas.indexes.category: CategoricalIndex@index
pandas.core.indexes.datetimes pandas.tseries.index: DatetimeIndex@index
pandas.core.indexes.timedeltas pandas.tseries.tdi: TimedeltaIndex@index
pandas.core.indexes.period pandas.tseries.period: PeriodIndex@index
pandas.core.indexes.interval: IntervalIndex@index
pandas.core.categorical pandas.core.arrays.categorical: Categorical@backed
pandas.core.arrays.boolean: BooleanArray@backed BooleanDtype
pandas.core.arrays.datetimes: DatetimeArray@backed
pandas.core.arrays.timedeltas: TimedeltaArray@backed
pandas.core.arrays.period: PeriodArray@backed
pandas.core.arrays.interval: IntervalArray
pandas.core.arrays.floating: FloatingArray@backed Float32Dtype Float64Dtype
pandas.core.arrays.integer: IntegerArray@backed Int8Dtype Int16Dtype Int32Dtype Int64Dtype UInt8Dtype UInt16Dtype UInt32Dtype UInt64Dtype
pandas.core.arrays.string_: StringArray@backed
pandas.core.arrays.string_arrow: ArrowStringArray ArrowStringArrayNumpySemantics
pandas.core.arrays.numpy_: PandasArray@backed PandasDtype NumpyExtensionArray@backed
pandas.core.arrays.sparse pandas.core.arrays.sparse.array pandas.core.arrays.sparse.dtype: SparseArray SparseDtype
pandas.core.dtypes.dtypes: CategoricalDtype DatetimeTZDtype IntervalDtype NumpyEADtype PandasDtype SparseDtype
pandas._libs.arrays: NDArrayBacked@backed
pandas.core.arrays.arrow.array: ArrowExtensionArray
pandas.core.dtypes.dtypes: ArrowDtype
# Called without operands, it takes a state, too.
pandas.tseries.offsets pandas._libs.tslibs.offsets: DateOffset=noArguments@measure
`,
  fixed: `
pandas: Timestamp=measures Timedelta=measures
pandas._libs.missing: NAType=noArguments C_NA=noArguments
pandas._libs.tslib pandas.tslib pandas._libs.tslibs.timestamps pandas._libs.tslibs: Timestamp=measures _unpickle_timestamp=measures
pandas._libs.tslib pandas.tslib pandas._libs.tslibs.timedeltas pandas._libs.tslibs: Timedelta=measures _timedelta_unpickle=measures
pandas._libs.tslib pandas.tslib pandas._libs.tslibs.nattype pandas._libs.tslibs: NaTType=noArguments _nat_unpickle=literals __nat_unpickle=literals
`,
  named: `
pandas.core.indexes.frozen pandas.core.base pandas.indexes.frozen: FrozenNDArray@array
`,
  constants: `
pandas: NA NaT
pandas._libs.missing: NA
`,
};

/**
 * @module Names that are safe, exactly as written, one line for each module: the standard library, numpy, scipy, pandas,
 * joblib, gradient boosting and PyTorch's tensors. Several spellings of a module share a line. Those of modules that are
 * dangerous otherwise stand apart.
 */

/** What loading may call with anything: values, and what puts values back together. */
export const CALLABLE = `
collections: OrderedDict defaultdict Counter deque UserDict UserList UserString ChainMap
datetime: date datetime time timedelta timezone
decimal _decimal _pydecimal cdecimal: Decimal
fractions: Fraction
uuid: UUID SafeUUID
array: array _array_reconstructor
functools: partial
sklearn.utils.deprecation: DeprecationDict
random: Random
ipaddress: IPv4Address IPv6Address IPv4Network IPv6Network IPv4Interface IPv6Interface
re sre: _compile compile RegexFlag
zoneinfo: ZoneInfo ZoneInfo._unpickle
pytz: _UTC _p
dateutil.tz dateutil.tz.tz: tzutc tzoffset
numpy.core.multiarray numpy._core.multiarray: _reconstruct scalar
numpy.core.numeric numpy._core.numeric: _frombuffer
numpy.core._internal numpy._core._internal: _reconstruct
numpy: dtype ndarray matrix recarray record chararray int8 int16 int32 int64 uint8 uint16 uint32 uint64 float16 float32 float64
numpy: complex64 complex128 longdouble float128 float96 complex256 clongdouble bool_ bool str_ bytes_ unicode_ string_ void object_
numpy: datetime64 timedelta64 longlong ulonglong intc uintc intp uintp byte ubyte short ushort single double int_ uint long ulong half
numpy: cdouble csingle number integer floating inexact generic signedinteger unsignedinteger complexfloating flexible character
numpy.matrixlib.defmatrix numpy.core.defmatrix: matrix
numpy.core.records numpy._core.records numpy.rec: recarray record
numpy.ma.core numpy.ma: MaskedArray _mareconstruct mvoid MaskedConstant
numpy.ma.mrecords: MaskedRecords _mrreconstruct
numpy.dtypes: Float64DType Float32DType Float16DType Int64DType Int32DType Int16DType Int8DType UInt64DType UInt32DType UInt16DType
numpy.dtypes: UInt8DType BoolDType StrDType BytesDType ObjectDType DateTime64DType TimeDelta64DType VoidDType StringDType
numpy.dtypes: Complex64DType Complex128DType LongDoubleDType CLongDoubleDType
numpy.core._internal numpy._core._internal: _convert_to_stringdtype_kwargs
numpy.random: __RandomState_ctor RandomState Generator SeedSequence MT19937 PCG64 PCG64DXSM Philox SFC64
numpy.random.mtrand: __RandomState_ctor RandomState
numpy.random._pickle: __randomstate_ctor __bit_generator_ctor __generator_ctor
numpy.random._mt19937: MT19937
numpy.random._pcg64: PCG64 PCG64DXSM
numpy.random._philox: Philox
numpy.random._sfc64: SFC64
numpy.random._generator: Generator
numpy.random.bit_generator numpy.random._bit_generator: SeedSequence SeedlessSeedSequence __pyx_unpickle_SeedSequence
numpy.polynomial.polynomial: Polynomial
numpy.polynomial.chebyshev: Chebyshev
numpy.polynomial.legendre: Legendre
numpy numpy.lib.polynomial numpy.lib._polynomial_impl: poly1d
pandas: DataFrame Series Index RangeIndex MultiIndex CategoricalIndex DatetimeIndex TimedeltaIndex PeriodIndex IntervalIndex Int64Index
pandas: UInt64Index Float64Index Timestamp Timedelta Period Interval Categorical CategoricalDtype DatetimeTZDtype PeriodDtype
pandas: IntervalDtype SparseDtype StringDtype BooleanDtype Int8Dtype Int16Dtype Int32Dtype Int64Dtype UInt8Dtype UInt16Dtype
pandas: UInt32Dtype UInt64Dtype Float32Dtype Float64Dtype NA NaT
pandas.arrays: BooleanArray DatetimeArray TimedeltaArray FloatingArray IntegerArray StringArray PeriodArray IntervalArray SparseArray
pandas.arrays: ArrowStringArray NumpyExtensionArray PandasArray
pandas.core.frame: DataFrame
pandas.core.series: Series
pandas.core.internals pandas.core.internals.managers: BlockManager SingleBlockManager _unpickle_block
pandas.core.internals.blocks: new_block
pandas._libs.internals: BlockPlacement _unpickle_block
pandas.core.flags: Flags
pandas.core.indexes.base pandas.indexes.base pandas.core.index: Index _new_Index
pandas.core.indexes.range pandas.indexes.range: RangeIndex
pandas.core.indexes.multi pandas.indexes.multi pandas.core.index: MultiIndex
pandas.core.indexes.numeric pandas.indexes.numeric pandas.core.index: Int64Index UInt64Index Float64Index NumericIndex
pandas.core.indexes.category pandas.indexes.category: CategoricalIndex
pandas.core.indexes.datetimes pandas.tseries.index: DatetimeIndex _new_DatetimeIndex
pandas.core.indexes.timedeltas pandas.tseries.tdi: TimedeltaIndex _new_TimedeltaIndex
pandas.core.indexes.period pandas.tseries.period: PeriodIndex _new_PeriodIndex
pandas.core.indexes.interval: IntervalIndex _new_IntervalIndex
pandas.core.indexes.frozen pandas.core.base pandas.indexes.frozen: FrozenList FrozenNDArray
pandas.core.categorical pandas.core.arrays.categorical: Categorical
pandas.core.arrays.boolean: BooleanArray BooleanDtype
pandas.core.arrays.datetimes: DatetimeArray
pandas.core.arrays.timedeltas: TimedeltaArray
pandas.core.arrays.period: PeriodArray
pandas.core.arrays.interval: IntervalArray
pandas.core.arrays.floating: FloatingArray Float32Dtype Float64Dtype
pandas.core.arrays.integer: IntegerArray Int8Dtype Int16Dtype Int32Dtype Int64Dtype UInt8Dtype UInt16Dtype UInt32Dtype UInt64Dtype
pandas.core.arrays.string_: StringArray StringDtype
pandas.core.arrays.string_arrow: ArrowStringArray ArrowStringArrayNumpySemantics
pandas.core.arrays.numpy_: PandasArray PandasDtype NumpyExtensionArray
pandas.core.arrays.sparse pandas.core.arrays.sparse.array pandas.core.arrays.sparse.dtype: SparseArray SparseDtype
pandas.core.dtypes.dtypes: CategoricalDtype DatetimeTZDtype PeriodDtype IntervalDtype NumpyEADtype PandasDtype SparseDtype
pandas._libs.arrays: __pyx_unpickle_NDArrayBacked NDArrayBacked
pandas._libs.missing: NA NAType C_NA
pandas._libs.interval: Interval
pandas._libs.sparse: IntIndex BlockIndex
pandas._libs.tslib pandas.tslib pandas._libs.tslibs.timestamps pandas._libs.tslibs: Timestamp _unpickle_timestamp
pandas._libs.tslib pandas.tslib pandas._libs.tslibs.timedeltas pandas._libs.tslibs: Timedelta _timedelta_unpickle
pandas._libs.tslib pandas.tslib pandas._libs.tslibs.nattype pandas._libs.tslibs: NaTType _nat_unpickle __nat_unpickle
pandas._libs.period pandas._period pandas._libs.tslibs.period: Period
pandas._libs.tslibs.period: __pyx_unpickle_PeriodMixin
pandas.tseries.offsets pandas._libs.tslibs.offsets: Day Hour Minute Second Milli Micro Nano BDay BusinessDay MonthEnd MonthBegin
pandas.tseries.offsets pandas._libs.tslibs.offsets: BusinessMonthEnd BusinessMonthBegin QuarterEnd QuarterBegin BQuarterEnd
pandas.tseries.offsets pandas._libs.tslibs.offsets: BQuarterBegin YearEnd YearBegin BYearEnd BYearBegin Week WeekOfMonth
pandas.tseries.offsets pandas._libs.tslibs.offsets: LastWeekOfMonth SemiMonthEnd SemiMonthBegin DateOffset Easter FY5253
scipy.sparse scipy.sparse.csr scipy.sparse._csr: csr_matrix csr_array
scipy.sparse scipy.sparse.csc scipy.sparse._csc: csc_matrix csc_array
scipy.sparse scipy.sparse.coo scipy.sparse._coo: coo_matrix coo_array
scipy.sparse scipy.sparse.dia scipy.sparse._dia: dia_matrix dia_array
scipy.sparse scipy.sparse.lil scipy.sparse._lil: lil_matrix lil_array
scipy.sparse scipy.sparse.dok scipy.sparse._dok: dok_matrix dok_array
scipy.sparse scipy.sparse.bsr scipy.sparse._bsr: bsr_matrix bsr_array
scipy.sparse._arrays: csr_array csc_array coo_array dia_array lil_array dok_array bsr_array
scipy.interpolate scipy.interpolate.interpolate scipy.interpolate._interpolate: interp1d PPoly BPoly NdPPoly
scipy.interpolate scipy.interpolate._bsplines: BSpline _BSpline
scipy.interpolate scipy.interpolate._cubic scipy.interpolate._polyint: CubicSpline PchipInterpolator Akima1DInterpolator KroghInterpolator
scipy.spatial scipy.spatial.ckdtree scipy.spatial._ckdtree: cKDTree
scipy.spatial scipy.spatial.kdtree scipy.spatial._kdtree: KDTree
torch._utils: _rebuild_tensor _rebuild_tensor_v2 _rebuild_tensor_v3 _rebuild_parameter _rebuild_parameter_with_state _rebuild_qtensor
torch._utils: _rebuild_sparse_tensor _rebuild_sparse_csr_tensor _rebuild_nested_tensor _rebuild_meta_tensor_no_storage
torch: Size device Tensor Generator
torch.nn.parameter: Parameter Buffer UninitializedParameter
torch: FloatStorage DoubleStorage HalfStorage BFloat16Storage LongStorage IntStorage ShortStorage CharStorage ByteStorage BoolStorage
torch: ComplexFloatStorage ComplexDoubleStorage QUInt8Storage QInt8Storage QInt32Storage UntypedStorage
torch.storage: UntypedStorage TypedStorage
torch: float32 float64 float16 bfloat16 int8 int16 int32 int64 uint8 bool complex64 complex128 qint8 quint8 qint32 strided sparse_coo
torch: per_tensor_affine per_channel_affine preserve_format contiguous_format float8_e4m3fn float8_e5m2 uint16 uint32 uint64
xgboost.sklearn xgboost: XGBClassifier XGBRegressor XGBRanker XGBRFClassifier XGBRFRegressor XGBModel
xgboost.compat: XGBoostLabelEncoder
lightgbm.sklearn lightgbm: LGBMClassifier LGBMRegressor LGBMRanker LGBMModel
lightgbm.compat: LGBMLabelEncoder _LGBMLabelEncoder
catboost.core catboost: CatBoost CatBoostClassifier CatBoostRegressor CatBoostRanker
_catboost: _CatBoost
imblearn.pipeline: Pipeline
imblearn.base: FunctionSampler
imblearn.ensemble imblearn.ensemble._bagging: BalancedBaggingClassifier
imblearn.ensemble imblearn.ensemble._forest: BalancedRandomForestClassifier
imblearn.ensemble imblearn.ensemble._easy_ensemble: EasyEnsembleClassifier
imblearn.ensemble imblearn.ensemble._weight_boosting: RUSBoostClassifier
imblearn.over_sampling imblearn.over_sampling._random_over_sampler: RandomOverSampler
imblearn.over_sampling imblearn.over_sampling._smote imblearn.over_sampling._smote.base: SMOTE SMOTENC SMOTEN
imblearn.over_sampling imblearn.over_sampling._smote imblearn.over_sampling._smote.filter: BorderlineSMOTE SVMSMOTE
imblearn.over_sampling imblearn.over_sampling._smote imblearn.over_sampling._smote.cluster: KMeansSMOTE
imblearn.over_sampling imblearn.over_sampling._adasyn: ADASYN
imblearn.under_sampling._prototype_generation._cluster_centroids: ClusterCentroids
imblearn.under_sampling._prototype_selection._condensed_nearest_neighbour: CondensedNearestNeighbour
imblearn.under_sampling._prototype_selection._edited_nearest_neighbours: EditedNearestNeighbours RepeatedEditedNearestNeighbours AllKNN
imblearn.under_sampling._prototype_selection._instance_hardness_threshold: InstanceHardnessThreshold
imblearn.under_sampling._prototype_selection._nearmiss: NearMiss
imblearn.under_sampling._prototype_selection._neighbourhood_cleaning_rule: NeighbourhoodCleaningRule
imblearn.under_sampling._prototype_selection._one_sided_selection: OneSidedSelection
imblearn.under_sampling._prototype_selection._random_under_sampler: RandomUnderSampler
imblearn.under_sampling._prototype_selection._tomek_links: TomekLinks
imblearn.combine imblearn.combine._smote_enn: SMOTEENN
imblearn.combine imblearn.combine._smote_tomek: SMOTETomek
sklearn.covariance._graph_lasso: _DictWithDeprecatedKeys
`;

/** What may be named, but is not called while a file is loaded. */
export const MENTIONED = `
math: sqrt log log10 log2 log1p exp expm1 sin cos tan floor ceil fabs isnan isfinite
numpy numpy.core.umath numpy._core.umath numpy.core._multiarray_umath numpy._core._multiarray_umath: absolute add arccos arcsin arctan cbrt ceil conjugate cos cosh deg2rad
numpy numpy.core.umath numpy._core.umath numpy.core._multiarray_umath numpy._core._multiarray_umath: divide exp exp2 expm1 fabs floor fmax fmin isfinite isinf isnan log log10 log1p log2
numpy numpy.core.umath numpy._core.umath numpy.core._multiarray_umath numpy._core._multiarray_umath: maximum minimum multiply negative power rad2deg reciprocal rint sign sin sinh sqrt
numpy numpy.core.umath numpy._core.umath numpy.core._multiarray_umath numpy._core._multiarray_umath: square subtract tan tanh trunc
numpy: abs all allclose amax amin any arange arccos arcsin arctan argmax argmin argsort around asarray average cbrt ceil clip
numpy: concatenate conjugate cos cosh count_nonzero cumsum deg2rad diff divide dot exp exp2 expand_dims expm1 fabs fix floor fmax fmin
numpy: hstack identity invert isfinite isinf isnan log log10 log1p log2 logical_not max maximum mean median min minimum mod multiply
numpy: nan_to_num nanmax nanmean nanmedian nanmin nanstd nansum nanvar negative ones percentile power prod ptp quantile rad2deg
numpy: ravel real reciprocal repeat reshape rint round sign sin sinh sort sqrt square squeeze std subtract sum tan tanh tile transpose
numpy: trunc unique var vstack where zeros
numpy.core.fromnumeric numpy._core.fromnumeric: all amax amin any argmax argmin argsort around clip cumsum max mean min prod ptp ravel
numpy.core.fromnumeric numpy._core.fromnumeric: repeat reshape round sort squeeze std sum transpose var
numpy.lib.function_base numpy.lib._function_base_impl: average median percentile quantile
numpy.lib.nanfunctions numpy.lib._nanfunctions_impl: nanmax nanmean nanmedian nanmin nanstd nansum nanvar
scipy.special scipy.special._ufuncs: expit logit boxcox boxcox1p inv_boxcox log1p expm1 exp10 cbrt erf erfinv gammaln softmax logsumexp
sklearn.gaussian_process.regression_models: constant linear quadratic
sklearn.gaussian_process.correlation_models: absolute_exponential squared_exponential generalized_exponential pure_nugget cubic linear
scipy.special._basic scipy.special._logsumexp scipy.special.basic: softmax logsumexp
scipy.stats scipy.stats.stats scipy.stats._stats_py: pearsonr spearmanr kendalltau zscore gmean hmean
`;

/** What may be called with operands that are looked at: the name of the check. */
export const CHECKED = `
_codecs: encode=encoding
numpy.core numpy._core: _ufunc_reconstruct=universalFunction
numpy.core._internal numpy._core._internal: _ufunc_reconstruct=universalFunction
torch._tensor: _rebuild_from_type_v2=callsFirst
xgboost.core xgboost lightgbm.basic lightgbm: Booster=noArguments
`;

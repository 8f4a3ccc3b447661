/**
 * @module Names of numpy and scipy. The trees of scipy.spatial are left out: their state is memory that compiled code walks
 * over, and writes to, while it is loaded.
 */

import type { Table } from "./format.ts";

export const NUMPY: Table = {
  made: "bare",
  values: `
# They make an array of the class that they are given: it is one of numpy's own.
numpy.core.multiarray numpy._core.multiarray: _reconstruct=arrayClass/array
numpy.core._internal numpy._core._internal: _reconstruct=arrayClass/array
numpy.ma.core numpy.ma: _mareconstruct=maskedClass/maskedArray
numpy.ma.mrecords: _mrreconstruct=maskedClass/maskedArray
numpy.core.numeric numpy._core.numeric: _frombuffer=buffer
# A state with the flags of another type would make objects of bytes.
numpy: dtype=dtype/dtype
numpy.random numpy.random.mtrand: __RandomState_ctor=noArguments/generator
# The second operand is called with the first one: it is numpy's own.
numpy.random._pickle: __randomstate_ctor=generator/generator __generator_ctor=generator/generator
numpy.random._pickle: __bit_generator_ctor=bitGenerator/generator@ctor
numpy.random.bit_generator numpy.random._bit_generator: __pyx_unpickle_SeedSequence=cython
`,
  bare: `
numpy.random: SeedSequence
numpy.random.bit_generator numpy.random._bit_generator: SeedSequence SeedlessSeedSequence
# A constructor copies from one layout to another, wherever the indices that it is given point.
scipy.sparse scipy.sparse.csr scipy.sparse._csr: csr_matrix csr_array
scipy.sparse scipy.sparse.csc scipy.sparse._csc: csc_matrix csc_array
scipy.sparse scipy.sparse.coo scipy.sparse._coo: coo_matrix coo_array
scipy.sparse scipy.sparse.dia scipy.sparse._dia: dia_matrix dia_array
scipy.sparse scipy.sparse.lil scipy.sparse._lil: lil_matrix lil_array
scipy.sparse scipy.sparse.dok scipy.sparse._dok: dok_matrix dok_array
scipy.sparse scipy.sparse.bsr scipy.sparse._bsr: bsr_matrix bsr_array
scipy.sparse._arrays: csr_array csc_array coo_array dia_array lil_array dok_array bsr_array
`,
  fixed: `
# Of a type that holds objects, not of bytes.
numpy.core.multiarray numpy._core.multiarray: scalar=scalar
numpy.core._internal numpy._core._internal: _convert_to_stringdtype_kwargs
# There is one.
numpy.ma.core numpy.ma: MaskedConstant=noArguments
`,
  callables: `
# Functions of numpy and scipy by their names: they import the module that they are told.
numpy.core numpy._core: _ufunc_reconstruct=universalFunction/none
numpy.core._internal numpy._core._internal: _ufunc_reconstruct=universalFunction/none
numpy.polynomial.polynomial: Polynomial/data
numpy.polynomial.chebyshev: Chebyshev/data
numpy.polynomial.legendre: Legendre/data
numpy numpy.lib.polynomial numpy.lib._polynomial_impl: poly1d/data
scipy.interpolate scipy.interpolate.interpolate scipy.interpolate._interpolate: interp1d/slots PPoly BPoly NdPPoly
scipy.interpolate scipy.interpolate._bsplines: BSpline/spline _BSpline/data
scipy.interpolate scipy.interpolate._cubic scipy.interpolate._polyint: CubicSpline PchipInterpolator Akima1DInterpolator KroghInterpolator
# It calls its function for each element of an array; made by loading it is only stored.
numpy numpy.lib.function_base numpy.lib._function_base_impl: vectorize
`,
  named: `
# How an interpolator finds its values: asked when it is called, which loading does not.
scipy.interpolate scipy.interpolate.interpolate scipy.interpolate._interpolate: interp1d._call_linear interp1d._call_linear_np
scipy.interpolate scipy.interpolate.interpolate scipy.interpolate._interpolate: interp1d._call_nearest interp1d._call_previousnext
scipy.interpolate scipy.interpolate.interpolate scipy.interpolate._interpolate: interp1d._call_spline interp1d._call_nan_spline
# Numbers are made by their type and bytes, generators by functions: the classes are named for these. A type that is called gives
# the one that all arrays share.
numpy: int8@scalar int16@scalar int32@scalar int64@scalar uint8@scalar uint16@scalar uint32@scalar uint64@scalar float16@scalar
numpy: float32@scalar float64@scalar complex64@scalar complex128@scalar longdouble@scalar float128@scalar float96@scalar
numpy: complex256@scalar clongdouble@scalar bool_@scalar bool@scalar str_@scalar bytes_@scalar unicode_@scalar string_@scalar
numpy: datetime64@scalar timedelta64@scalar longlong@scalar ulonglong@scalar intc@scalar uintc@scalar intp@scalar uintp@scalar
numpy: byte@scalar ubyte@scalar short@scalar ushort@scalar single@scalar double@scalar int_@scalar uint@scalar long@scalar
numpy: ulong@scalar half@scalar cdouble@scalar csingle@scalar
numpy.dtypes: Float64DType Float32DType Float16DType Int64DType Int32DType Int16DType Int8DType UInt64DType UInt32DType UInt16DType
numpy.dtypes: UInt8DType BoolDType StrDType BytesDType ObjectDType DateTime64DType TimeDelta64DType VoidDType StringDType
numpy.dtypes: Complex64DType Complex128DType LongDoubleDType CLongDoubleDType
numpy.random: RandomState Generator
numpy.random: MT19937@bits PCG64@bits PCG64DXSM@bits Philox@bits SFC64@bits
numpy.random._mt19937: MT19937@bits
numpy.random._pcg64: PCG64@bits PCG64DXSM@bits
numpy.random._philox: Philox@bits
numpy.random._sfc64: SFC64@bits
numpy.random._generator: Generator
numpy.random.mtrand: RandomState
# Made of a buffer, an array of objects would take any bytes for objects: they are only named, for what puts arrays back.
numpy: ndarray@array matrix@array recarray@array chararray@array
numpy.matrixlib.defmatrix numpy.core.defmatrix: matrix@array
numpy.core.records numpy._core.records numpy.rec: recarray@array record@scalar
numpy.ma.core numpy.ma: MaskedArray@array mvoid@array
numpy.ma.mrecords: MaskedRecords@array
numpy: record@scalar void@scalar object_@scalar number integer floating inexact generic signedinteger unsignedinteger
numpy: complexfloating flexible character
numpy numpy.core.umath numpy._core.umath: absolute add arccos arcsin arctan cbrt ceil conjugate cos cosh deg2rad divide exp exp2
numpy numpy.core.umath numpy._core.umath: expm1 fabs floor fmax fmin isfinite isinf isnan log log10 log1p log2 maximum minimum
numpy numpy.core.umath numpy._core.umath: multiply negative power rad2deg reciprocal rint sign sin sinh sqrt square subtract tan
numpy numpy.core.umath numpy._core.umath: tanh trunc
numpy numpy.core.umath numpy._core.umath: arccosh arcsinh arctan2 arctanh copysign equal float_power floor_divide fmod greater greater_equal heaviside hypot less
numpy numpy.core.umath numpy._core.umath: less_equal logaddexp logaddexp2 logical_and logical_or logical_xor not_equal positive remainder
numpy.core._multiarray_umath numpy._core._multiarray_umath: absolute add arccos arcsin arctan cbrt ceil conjugate cos cosh deg2rad
numpy.core._multiarray_umath numpy._core._multiarray_umath: divide exp exp2 expm1 fabs floor fmax fmin isfinite isinf isnan log
numpy.core._multiarray_umath numpy._core._multiarray_umath: log10 log1p log2 maximum minimum multiply negative power rad2deg
numpy.core._multiarray_umath numpy._core._multiarray_umath: reciprocal rint sign sin sinh sqrt square subtract tan tanh trunc
numpy.core._multiarray_umath numpy._core._multiarray_umath: arccosh arcsinh arctan2 arctanh copysign equal float_power floor_divide fmod greater greater_equal heaviside hypot less
numpy.core._multiarray_umath numpy._core._multiarray_umath: less_equal logaddexp logaddexp2 logical_and logical_or logical_xor not_equal positive remainder
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
scipy.special._basic scipy.special._logsumexp scipy.special.basic: softmax logsumexp
scipy.stats scipy.stats.stats scipy.stats._stats_py: pearsonr spearmanr kendalltau zscore gmean hmean
# Splines of scipy 1.17 keep the function that made their arrays.
scipy._lib.array_api_compat.numpy._aliases: asarray
`,
};

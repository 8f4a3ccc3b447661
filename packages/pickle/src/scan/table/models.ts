/** @module Names of gradient boosting, imbalanced-learn, Keras and PyTorch's tensors. */

import type { Table } from "./format.ts";

export const MODELS: Table = {
  made: "bare",
  objects: `
# Before 1.0 the state held the booster's bytes: a text in their place names a file that is read.
xgboost.sklearn xgboost: XGBClassifier/booster XGBRegressor/booster XGBRanker/booster XGBRFClassifier/booster XGBRFRegressor/booster
xgboost.sklearn xgboost: XGBModel/booster
xgboost.compat: XGBoostLabelEncoder
lightgbm.sklearn lightgbm: LGBMClassifier LGBMRegressor LGBMRanker LGBMModel
lightgbm.compat: LGBMLabelEncoder _LGBMLabelEncoder
xgboost.core xgboost lightgbm.basic lightgbm: Booster=noArguments/data
# They put the model back from bytes, and set each entry.
catboost.core catboost: CatBoost/data CatBoostClassifier/data CatBoostRegressor/data
catboost.core catboost: CatBoostRanker/data
_catboost: _CatBoost/data
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
keras.preprocessing.text keras_preprocessing.text: Tokenizer
`,
  named: `
sklearn.gaussian_process.regression_models: constant linear quadratic
sklearn.gaussian_process.correlation_models: absolute_exponential squared_exponential generalized_exponential pure_nugget cubic linear
`,
};

export const TORCH: Table = {
  made: "bare",
  objects: `
# Modules take their state as attributes; their forward is not called while they are loaded.
torch.nn.modules.activation: CELU ELU GELU GLU Hardshrink Hardsigmoid Hardswish Hardtanh LeakyReLU LogSigmoid LogSoftmax Mish MultiheadAttention PReLU
torch.nn.modules.activation: RReLU ReLU ReLU6 SELU SiLU Sigmoid Softmax Softmax2d Softmin Softplus Softshrink Softsign Tanh Tanhshrink Threshold
torch.nn.modules.adaptive: AdaptiveLogSoftmaxWithLoss
torch.nn.modules.batchnorm: BatchNorm1d BatchNorm2d BatchNorm3d SyncBatchNorm
torch.nn.modules.channelshuffle: ChannelShuffle
torch.nn.modules.container: ModuleDict ModuleList Sequential
torch.nn.modules.conv: Conv1d Conv2d Conv3d ConvTranspose1d ConvTranspose2d ConvTranspose3d
torch.nn.modules.distance: CosineSimilarity PairwiseDistance
torch.nn.modules.dropout: AlphaDropout Dropout Dropout1d Dropout2d Dropout3d FeatureAlphaDropout
torch.nn.modules.flatten: Flatten Unflatten
torch.nn.modules.fold: Fold Unfold
torch.nn.modules.instancenorm: InstanceNorm1d InstanceNorm2d InstanceNorm3d
torch.nn.modules.linear: Bilinear Identity Linear
torch.nn.modules.loss: BCELoss BCEWithLogitsLoss CTCLoss CosineEmbeddingLoss CrossEntropyLoss GaussianNLLLoss HingeEmbeddingLoss HuberLoss KLDivLoss
torch.nn.modules.loss: L1Loss LinearCrossEntropyLoss MSELoss MarginRankingLoss MultiLabelMarginLoss MultiLabelSoftMarginLoss MultiMarginLoss NLLLoss
torch.nn.modules.loss: NLLLoss2d PoissonNLLLoss SmoothL1Loss SoftMarginLoss TripletMarginLoss TripletMarginWithDistanceLoss
torch.nn.modules.module: Module
torch.nn.modules.normalization: CrossMapLRN2d GroupNorm LayerNorm LocalResponseNorm RMSNorm
torch.nn.modules.padding: CircularPad1d CircularPad2d CircularPad3d ConstantPad1d ConstantPad2d ConstantPad3d ReflectionPad1d ReflectionPad2d
torch.nn.modules.padding: ReflectionPad3d ReplicationPad1d ReplicationPad2d ReplicationPad3d ZeroPad1d ZeroPad2d ZeroPad3d
torch.nn.modules.pixelshuffle: PixelShuffle PixelUnshuffle
torch.nn.modules.pooling: AdaptiveAvgPool1d AdaptiveAvgPool2d AdaptiveAvgPool3d AdaptiveMaxPool1d AdaptiveMaxPool2d AdaptiveMaxPool3d AvgPool1d
torch.nn.modules.pooling: AvgPool2d AvgPool3d FractionalMaxPool2d FractionalMaxPool3d LPPool1d LPPool2d LPPool3d MaxPool1d MaxPool2d MaxPool3d
torch.nn.modules.pooling: MaxUnpool1d MaxUnpool2d MaxUnpool3d
torch.nn.modules.rnn: GRU GRUCell LSTM LSTMCell RNN RNNBase RNNCell RNNCellBase
torch.nn.modules.sparse: Embedding EmbeddingBag
torch.nn.modules.transformer: Transformer TransformerDecoder TransformerDecoderLayer TransformerEncoder TransformerEncoderLayer
torch.nn.modules.upsampling: Upsample UpsamplingBilinear2d UpsamplingNearest2d
`,
  values: `
torch._utils: _rebuild_tensor@tensor _rebuild_tensor_v2@tensor _rebuild_tensor_v3@tensor _rebuild_parameter@tensor
torch._utils: _rebuild_parameter_with_state=tensorState@tensor _rebuild_qtensor@tensor _rebuild_sparse_tensor@tensor
torch._utils: _rebuild_sparse_csr_tensor@tensor _rebuild_nested_tensor@tensor _rebuild_meta_tensor_no_storage@tensor
# It calls the first operand with the third: one of those above, as they are called themselves.
torch._tensor: _rebuild_from_type_v2=tensorOf
`,
  fixed: `
torch: Size device Generator=noArguments
`,
  named: `
# A tensor is put together by functions, and a storage stands in the archive.
torch: Tensor@tensorClass
torch.nn.parameter: Parameter@tensorClass Buffer@tensorClass UninitializedParameter@tensorClass
torch: FloatStorage DoubleStorage HalfStorage BFloat16Storage LongStorage IntStorage ShortStorage CharStorage ByteStorage BoolStorage
torch: ComplexFloatStorage ComplexDoubleStorage QUInt8Storage QInt8Storage QInt32Storage UntypedStorage
torch.storage: UntypedStorage TypedStorage
`,
  constants: `
torch: float32 float64 float16 bfloat16 int8 int16 int32 int64 uint8 bool complex64 complex128 qint8 quint8 qint32 strided sparse_coo
torch: per_tensor_affine per_channel_affine preserve_format contiguous_format float8_e4m3fn float8_e5m2 uint16 uint32 uint64
`,
};

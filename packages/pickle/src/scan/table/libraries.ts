/**
 * @module Names of packages that people use beside scikit-learn, judged one by one: what their objects do when they take a
 * state. Left out, and so unknown, are: what evaluates a formula when it is loaded (patsy, formulaic), expressions of `regex`
 * (a program for its machine lies in the file), optuna's storages in databases (they connect), shap's
 * explanations, statsmodels' state spaces (memory that compiled code lays out).
 */

import type { Table } from "./format.ts";

export const LIBRARIES: Table = {
  // Constructors compile programs, or connect to databases: a pickle makes an object without one.
  made: "bare",
  values: `
# Its entries are its attributes.
scipy.optimize scipy.optimize.optimize scipy.optimize._optimize: OptimizeResult=attributes/keeps@dict
nltk.probability: FreqDist=mapping/keeps@dict
statsmodels.tools.tools statsmodels.tools.testing: Bunch=attributes/keeps@dict
# Types of Arrow, made of each other and of texts.
pyarrow.lib: list_ large_list field struct timestamp duration time32 time64 decimal128 dictionary map_
`,
  bare: `
pandas: ArrowDtype
pandas.arrays: ArrowExtensionArray
`,
  fixed: `
lifelines.utils: CensoringType
optuna.trial._state: TrialState
optuna.study._study_direction: StudyDirection
regex._regex_core regex: RegexFlag
cmdstanpy.cmdstan_args: Method
stanio.reshape: VariableType
cmdstanpy.utils.stancsv: BaseType
`,
  objects: `
# A dict of attributes is all that they take.
category_encoders.backward_difference: BackwardDifferenceEncoder
category_encoders.basen: BaseNEncoder
category_encoders.binary: BinaryEncoder
category_encoders.cat_boost: CatBoostEncoder
category_encoders.count: CountEncoder
category_encoders.count_target: CountTargetEncoder
category_encoders.glmm: GLMMEncoder
category_encoders.gray: GrayEncoder
category_encoders.hashing: HashingEncoder
category_encoders.helmert: HelmertEncoder
category_encoders.james_stein: JamesSteinEncoder
category_encoders.leave_one_out: LeaveOneOutEncoder
category_encoders.m_estimate: MEstimateEncoder
category_encoders.multi_hot: MultiHotEncoder
category_encoders.one_hot: OneHotEncoder
category_encoders.ordinal: OrdinalEncoder
category_encoders.polynomial: PolynomialEncoder
category_encoders.quantile_encoder: QuantileEncoder SummaryEncoder
category_encoders.rankhot: RankHotEncoder
category_encoders.sum_coding: SumEncoder
category_encoders.target_encoder: TargetEncoder
category_encoders.woe: WOEEncoder
category_encoders.wrapper: PolynomialWrapper NestedCVWrapper
mlxtend.classifier.ensemble_vote: EnsembleVoteClassifier
mlxtend.classifier.stacking_classification: StackingClassifier
mlxtend.classifier.stacking_cv_classification: StackingCVClassifier
mlxtend.regressor.stacking_regression: StackingRegressor
mlxtend.regressor.stacking_cv_regression: StackingCVRegressor
mlxtend.feature_selection.column_selector: ColumnSelector
mlxtend.feature_selection.exhaustive_feature_selector: ExhaustiveFeatureSelector
mlxtend.feature_selection.sequential_feature_selector: SequentialFeatureSelector
mlxtend.preprocessing.copy_transformer: CopyTransformer
mlxtend.preprocessing.dense_transformer: DenseTransformer
mlxtend.preprocessing.transactionencoder: TransactionEncoder
nltk.stem.lancaster: LancasterStemmer
nltk.stem.porter: PorterStemmer
nltk.stem.regexp: RegexpStemmer
nltk.stem.wordnet: WordNetLemmatizer
nltk.stem.snowball: ArabicStemmer DanishStemmer DutchStemmer EnglishStemmer FinnishStemmer FrenchStemmer GermanStemmer
nltk.stem.snowball: HungarianStemmer ItalianStemmer NorwegianStemmer PorterStemmer PortugueseStemmer RomanianStemmer
nltk.stem.snowball: RussianStemmer SnowballStemmer SpanishStemmer SwedishStemmer
nltk.tokenize.casual: TweetTokenizer
nltk.tokenize.regexp: BlanklineTokenizer RegexpTokenizer WhitespaceTokenizer WordPunctTokenizer
nltk.tokenize.treebank: TreebankWordTokenizer
nltk.tokenize.destructive: NLTKWordTokenizer MacIntyreContractions
# PunktLanguageVars takes no notice of its state.
nltk.tokenize.punkt: PunktLanguageVars/data PunktParameters PunktSentenceTokenizer PunktToken
# It hands on what it is asked for to its last step, which it has not before it takes its state; the functions beside it are
# named, for a memory that is set anew.
pycaret.internal.pipeline: Pipeline
# A function, for a cache without a folder.
joblib.memory: NotMemorizedFunc
pycaret.internal.preprocess.transformers: TransformerWrapper TransformerWrapperWithInverse CleanColumnNames DropImputer
pycaret.internal.preprocess.transformers: EmbedTextFeatures ExtractDateTimeFeatures FixImbalancer GroupFeatures RemoveOutliers
pycaret.internal.preprocess.transformers: RareCategoryGrouping RemoveMulticollinearity TargetTransformer
pycaret.internal.meta_estimators: PowerTransformedTargetRegressor
nltk.classify.naivebayes: NaiveBayesClassifier
surprise.prediction_algorithms.matrix_factorization: SVD SVDpp NMF
surprise.prediction_algorithms.knns: KNNBasic KNNBaseline KNNWithMeans KNNWithZScore
surprise.prediction_algorithms.baseline_only: BaselineOnly
surprise.prediction_algorithms.slope_one: SlopeOne
surprise.prediction_algorithms.co_clustering: CoClustering
surprise.prediction_algorithms.random_pred: NormalPredictor
surprise.prediction_algorithms.predictions: Prediction=stores
surprise.trainset: Trainset
sklego.preprocessing.columncapper: ColumnCapper
sklego.preprocessing.pandastransformers: ColumnDropper ColumnSelector PandasTypeSelector TypeSelector
sklego.preprocessing.intervalencoder: IntervalEncoder
sklego.preprocessing.identitytransformer: IdentityTransformer
sklego.meta.thresholder: Thresholder
sklego.meta.zero_inflated_regressor: ZeroInflatedRegressor
sklego.meta.estimator_transformer: EstimatorTransformer
# They keep what they learned by column, in dicts and lists.
feature_engine.creation.combine_with_reference_feature: CombineWithReferenceFeature
feature_engine.creation.cyclical: CyclicalTransformer
feature_engine.creation.cyclical_features: CyclicalFeatures
feature_engine.creation.decision_tree_features: DecisionTreeFeatures
feature_engine.creation.geo_features: GeoDistanceFeatures
feature_engine.creation.math_features: MathFeatures
feature_engine.creation.mathematical_combination: MathematicalCombination
feature_engine.creation.relative_features: RelativeFeatures
feature_engine.datetime.datetime: DatetimeFeatures
feature_engine.datetime.datetime_ordinal: DatetimeOrdinal
feature_engine.datetime.datetime_subtraction: DatetimeSubtraction
feature_engine.discretisation.arbitrary: ArbitraryDiscretiser
feature_engine.discretisation.decision_tree: DecisionTreeDiscretiser
feature_engine.discretisation.equal_frequency: EqualFrequencyDiscretiser
feature_engine.discretisation.equal_width: EqualWidthDiscretiser
feature_engine.discretisation.geometric_width: GeometricWidthDiscretiser
feature_engine.encoding.count_frequency: CountFrequencyEncoder
feature_engine.encoding.decision_tree: DecisionTreeEncoder
feature_engine.encoding.mean_encoding: MeanEncoder
feature_engine.encoding.one_hot: OneHotEncoder
feature_engine.encoding.ordinal: OrdinalEncoder
feature_engine.encoding.probability_ratio: PRatioEncoder
feature_engine.encoding.rare_label: RareLabelEncoder
feature_engine.encoding.similarity_encoder: StringSimilarityEncoder
feature_engine.encoding.woe: WoEEncoder
feature_engine.imputation.arbitrary_number: ArbitraryNumberImputer
feature_engine.imputation.categorical: CategoricalImputer
feature_engine.imputation.drop_missing_data: DropMissingData
feature_engine.imputation.end_tail: EndTailImputer
feature_engine.imputation.mean_median: MeanMedianImputer
feature_engine.imputation.missing_indicator: AddMissingIndicator
feature_engine.imputation.random_sample: RandomSampleImputer
feature_engine.outliers.artbitrary: ArbitraryOutlierCapper
feature_engine.outliers.trimmer: OutlierTrimmer
feature_engine.outliers.winsorizer: Winsorizer
feature_engine.pipeline.pipeline: Pipeline
feature_engine.scaling.mean_normalization: MeanNormalizationScaler
feature_engine.selection.drop_constant_features: DropConstantFeatures
feature_engine.selection.drop_correlated_features: DropCorrelatedFeatures
feature_engine.selection.drop_duplicate_features: DropDuplicateFeatures
feature_engine.selection.drop_features: DropFeatures
feature_engine.selection.drop_psi_features: DropHighPSIFeatures
feature_engine.selection.information_value: SelectByInformationValue
feature_engine.selection.mrmr: MRMR
feature_engine.selection.probe_feature_selection: ProbeFeatureSelection
feature_engine.selection.recursive_feature_addition: RecursiveFeatureAddition
feature_engine.selection.recursive_feature_elimination: RecursiveFeatureElimination
feature_engine.selection.shuffle_features: SelectByShuffling
feature_engine.selection.single_feature_performance: SelectBySingleFeaturePerformance
feature_engine.selection.smart_correlation_selection: SmartCorrelatedSelection
feature_engine.selection.target_mean_selection: SelectByTargetMeanPerformance
feature_engine.transformation.arcsin: ArcsinTransformer
feature_engine.transformation.arcsinh: ArcSinhTransformer
feature_engine.transformation.boxcox: BoxCoxTransformer
feature_engine.transformation.log: LogCpTransformer LogTransformer
feature_engine.transformation.power: PowerTransformer
feature_engine.transformation.reciprocal: ReciprocalTransformer
feature_engine.transformation.yeojohnson: YeoJohnsonTransformer
feature_engine.wrappers.wrappers: SklearnTransformerWrapper
# It builds its features anew from its state: transformers that are there already, put into lists.
sklearn_pandas.dataframe_mapper: DataFrameMapper
sklearn_pandas.pipeline: TransformerPipeline
nltk.classify.positivenaivebayes: PositiveNaiveBayesClassifier
nltk.classify.scikitlearn: SklearnClassifier
nltk.classify.maxent: MaxentClassifier BinaryMaxentFeatureEncoding GISEncoding TypedMaxentFeatureEncoding
nltk.classify.decisiontree: DecisionTreeClassifier
nltk.probability: ELEProbDist LaplaceProbDist LidstoneProbDist MLEProbDist DictionaryProbDist UniformProbDist
lifelines.fitters.kaplan_meier_fitter: KaplanMeierFitter
lifelines.fitters.nelson_aalen_fitter: NelsonAalenFitter
lifelines.fitters.weibull_fitter: WeibullFitter
lifelines.fitters.exponential_fitter: ExponentialFitter
lifelines.fitters.log_normal_fitter: LogNormalFitter
lifelines.fitters.log_logistic_fitter: LogLogisticFitter
lifelines.fitters.weibull_aft_fitter: WeibullAFTFitter
lifelines.fitters.log_normal_aft_fitter: LogNormalAFTFitter
lifelines.fitters.log_logistic_aft_fitter: LogLogisticAFTFitter
# It hands on what it is asked for to its model, which it has not before it takes its state.
lifelines.fitters.coxph_fitter: CoxPHFitter SemiParametricPHFitter
lifelines.utils: CovariateParameterMappings
gensim.corpora.dictionary: Dictionary
gensim.models.word2vec: Word2Vec Word2VecVocab Word2VecTrainables
gensim.models.fasttext: FastText FastTextKeyedVectors
gensim.models.doc2vec: Doc2Vec
gensim.models.keyedvectors: KeyedVectors Word2VecKeyedVectors Vocab
gensim.models.ldamodel: LdaModel LdaState
gensim.models.lsimodel: LsiModel Projection
gensim.models.tfidfmodel: TfidfModel
gensim.models.phrases: Phrases Phraser FrozenPhrases
# They take a lock of their own beside their state. Storages in files and databases are not listed.
optuna.study.study: Study
optuna.storages._in_memory: InMemoryStorage _StudyInfo
optuna.trial._frozen: FrozenTrial
optuna.distributions: CategoricalDistribution DiscreteUniformDistribution FloatDistribution IntDistribution
optuna.distributions: IntLogUniformDistribution IntUniformDistribution LogUniformDistribution UniformDistribution
optuna.samplers._tpe.sampler: TPESampler
optuna.samplers._tpe.parzen_estimator: _ParzenEstimatorParameters=stores
optuna.samplers._random: RandomSampler
optuna.samplers._lazy_random_state: LazyRandomState
optuna.pruners._median: MedianPruner
optuna.search_space.intersection: IntersectionSearchSpace
# The program that they name is run when a model is fitted again, not when it is loaded.
prophet.forecaster: Prophet
prophet.models: CmdStanPyBackend
cmdstanpy.model: CmdStanModel
cmdstanpy.compilation cmdstanpy.compiler_opts: CompilerOptions
cmdstanpy.cmdstan_args: CmdStanArgs OptimizeArgs
cmdstanpy.stanfit.mle: CmdStanMLE
cmdstanpy.stanfit.runset: RunSet
cmdstanpy.stanfit.metadata: InferenceMetadata
stanio.reshape: Variable
shap.explainers._tree: TreeEnsemble SingleTree
# Results hand on what they are asked for, but how they take a state is their own.
statsmodels.regression.linear_model: OLS WLS GLS GLSAR OLSResults RegressionModel RegressionResults RegressionResultsWrapper
statsmodels.discrete.discrete_model: Logit LogitResults Probit ProbitResults BinaryResults BinaryResultsWrapper MNLogit
statsmodels.discrete.discrete_model: MultinomialResults MultinomialResultsWrapper Poisson PoissonResults PoissonResultsWrapper
statsmodels.discrete.discrete_model: CountResults CountResultsWrapper L1BinaryResults L1BinaryResultsWrapper
statsmodels.discrete.discrete_model: NegativeBinomial NegativeBinomialResults NegativeBinomialResultsWrapper
statsmodels.discrete.discrete_model: NegativeBinomialP NegativeBinomialPResults NegativeBinomialPResultsWrapper
statsmodels.discrete.discrete_model: GeneralizedPoisson GeneralizedPoissonResults GeneralizedPoissonResultsWrapper
statsmodels.discrete.discrete_model: L1PoissonResults L1PoissonResultsWrapper L1MultinomialResults L1MultinomialResultsWrapper
statsmodels.discrete.discrete_model: L1NegativeBinomialResults L1NegativeBinomialResultsWrapper
statsmodels.regression.quantile_regression: QuantReg QuantRegResults
statsmodels.genmod.generalized_estimating_equations: GEE GEEResults GEEResultsWrapper
statsmodels.genmod.cov_struct: Independence Exchangeable Autoregressive
statsmodels.robust.norms: HuberT TukeyBiweight LeastSquares RamsayE AndrewWave TrimmedMean Hampel
statsmodels.genmod.generalized_linear_model: GLM GLMResults GLMResultsWrapper
statsmodels.genmod.families.family: Binomial Family Gamma Gaussian InverseGaussian NegativeBinomial Poisson Tweedie
statsmodels.robust.robust_linear_model: RLM RLMResults RLMResultsWrapper
statsmodels.tsa.base.tsa_model: TimeSeriesModel
statsmodels.tsa.arima_model: ARMA ARMAResults ARMAResultsWrapper ARIMAResults ARIMAResultsWrapper
statsmodels.tsa.vector_ar.var_model: VAR VARResults VARResultsWrapper
statsmodels.base.model: LikelihoodModelResults
statsmodels.tsa.statespace.sarimax: SARIMAX SARIMAXResults SARIMAXResultsWrapper
statsmodels.tsa.statespace.structural: UnobservedComponents UnobservedComponentsResults UnobservedComponentsResultsWrapper
statsmodels.tsa.statespace.varmax: VARMAX VARMAXResults VARMAXResultsWrapper
statsmodels.tsa.statespace.dynamic_factor: DynamicFactor DynamicFactorResults DynamicFactorResultsWrapper
statsmodels.tsa.arima.model: ARIMA ARIMAResults ARIMAResultsWrapper
statsmodels.tsa.arima.specification: SARIMAXSpecification
statsmodels.tsa.arima.params: SARIMAXParams
statsmodels.tsa.holtwinters.model: ExponentialSmoothing Holt SimpleExpSmoothing _OptConfig
statsmodels.tsa.holtwinters.results: HoltWintersResults HoltWintersResultsWrapper
# A formula in its state is evaluated, as Python.
statsmodels.base.data: ModelData/noFormula PandasData/noFormula
`,
  callables: `
shap.explainers._tree: TreeExplainer
shap.explainers._linear: LinearExplainer
shap.maskers._tabular: Independent
statsmodels.genmod.families.links: CDFLink CLogLog Cauchy Identity InversePower InverseSquared Link Log LogC LogLog Logit
statsmodels.genmod.families.links: NegativeBinomial Power Probit Sqrt
# Releases before 0.14 had them in small letters.
statsmodels.genmod.families.links: identity log logc logit probit cauchy cloglog loglog sqrt inverse_power inverse_squared nbinom
statsmodels.genmod.families.varfuncs: Binomial NegativeBinomial Power VarianceFunction
scipy.optimize._lbfgsb_py: LbfgsInvHessProduct
`,
  named: `
gensim.utils: call_on_class_only identity
pycaret.internal.pipeline: _fit_one _transform_one _full_transform
statsmodels.base.l1_slsqp: fit_l1_slsqp
statsmodels.base.l1_cvxopt: fit_l1_cvxopt_cp
gensim.models.tfidfmodel: df2idf
gensim.matutils: unitvec
gensim.models.phrases: original_scorer npmi_scorer
optuna.samplers._tpe.parzen_estimator: _ParzenEstimator
optuna.samplers._tpe.sampler: default_weights default_gamma hyperopt_default_gamma
shap.links: identity logit
# Methods that objects keep of themselves, and that vectorizers are given.
lifelines.fitters.nelson_aalen_fitter: NelsonAalenFitter.plot NelsonAalenFitter._additive_f_smooth
lifelines.fitters.nelson_aalen_fitter: NelsonAalenFitter._variance_f_smooth NelsonAalenFitter._additive_f
lifelines.fitters.nelson_aalen_fitter: NelsonAalenFitter._variance_f_discrete NelsonAalenFitter._additive_f_discrete
lifelines.fitters.weibull_aft_fitter: WeibullAFTFitter._create_neg_likelihood_with_penalty_function WeibullAFTFitter._add_penalty
lifelines.fitters.weibull_aft_fitter: WeibullAFTFitter._log_likelihood_right_censoring
lifelines.fitters.log_normal_aft_fitter: LogNormalAFTFitter._create_neg_likelihood_with_penalty_function LogNormalAFTFitter._add_penalty
lifelines.fitters.log_normal_aft_fitter: LogNormalAFTFitter._log_likelihood_right_censoring
lifelines.fitters.log_logistic_aft_fitter: LogLogisticAFTFitter._create_neg_likelihood_with_penalty_function LogLogisticAFTFitter._add_penalty
lifelines.fitters.log_logistic_aft_fitter: LogLogisticAFTFitter._log_likelihood_right_censoring
nltk.stem.porter: PorterStemmer.stem
nltk.stem.snowball: ArabicStemmer.stem DanishStemmer.stem DutchStemmer.stem EnglishStemmer.stem FinnishStemmer.stem
nltk.stem.snowball: FrenchStemmer.stem GermanStemmer.stem HungarianStemmer.stem ItalianStemmer.stem NorwegianStemmer.stem
nltk.stem.snowball: PorterStemmer.stem PortugueseStemmer.stem RomanianStemmer.stem RussianStemmer.stem SpanishStemmer.stem
nltk.stem.snowball: SwedishStemmer.stem SnowballStemmer.stem
nltk.tokenize.casual: TweetTokenizer.tokenize
nltk.tokenize.regexp: BlanklineTokenizer.tokenize RegexpTokenizer.tokenize WhitespaceTokenizer.tokenize WordPunctTokenizer.tokenize
nltk.tokenize.treebank: TreebankWordTokenizer.tokenize
nltk.tokenize.destructive: NLTKWordTokenizer.tokenize
`,
};

/** @module Where scikit-learn's and imbalanced-learn's releases kept a class: private modules and moved packages, by public package. */

/** The libraries whose classes are known, by the package that they are imported from. */
export const LIBRARIES: Readonly<Record<string, string>> = {
  sklearn: "scikit-learn",
  xgboost: "XGBoost",
  lightgbm: "LightGBM",
  catboost: "CatBoost",
  imblearn: "imbalanced-learn",
  category_encoders: "category_encoders",
  prophet: "Prophet",
  lifelines: "lifelines",
  statsmodels: "statsmodels",
  nltk: "NLTK",
  pycaret: "PyCaret",
  surprise: "Surprise",
  mlxtend: "mlxtend",
  sklearn_pandas: "sklearn-pandas",
  keras: "Keras",
  gensim: "gensim",
  feature_engine: "feature-engine",
  sklego: "scikit-lego",
};

/**
 * Libraries that keep their classes in modules of their own below a public package: how many names that package has. A class
 * of `category_encoders.target_encoder` is one of `category_encoders` in public.
 */
export const PUBLIC_DEPTH: Readonly<Record<string, number>> = {
  category_encoders: 1,
  nltk: 2,
  surprise: 1,
  mlxtend: 2,
  sklearn_pandas: 1,
  keras: 3,
  gensim: 2,
  feature_engine: 2,
  sklego: 2,
};

/** Public package -> the modules below it that classes were pickled from, scikit-learn 0.17 to 1.9. */
const MODULES: Readonly<Record<string, string>> = {
  _loss: "_loss glm_distribution link loss",
  cluster: `
    _affinity_propagation _agglomerative _bicluster _birch _bisect_k_means _dbscan _feature_agglomeration
    _hdbscan._tree _hdbscan.hdbscan _hierarchical _hierarchical_fast _kmeans _mean_shift _optics _spectral
    affinity_propagation_ bicluster birch dbscan_ hierarchical k_means_ mean_shift_ optics_ spectral`,
  compose: "_column_transformer _target",
  covariance: `
    _elliptic_envelope _empirical_covariance _graph_lasso _robust_covariance _shrunk_covariance
    elliptic_envelope empirical_covariance_ graph_lasso_ outlier_detection robust_covariance
    shrunk_covariance_`,
  cross_decomposition: "_cca _pls cca_ pls_",
  decomposition: `
    _base _dict_learning _factor_analysis _fastica _incremental_pca _kernel_pca _lda _nmf _pca _sparse_pca
    _truncated_svd base dict_learning factor_analysis fastica_ incremental_pca kernel_pca nmf online_lda pca
    sparse_pca truncated_svd`,
  ensemble: `
    _bagging _base _forest _gb _gb_losses _gradient_boosting _hist_gradient_boosting.binning
    _hist_gradient_boosting.common _hist_gradient_boosting.gradient_boosting _hist_gradient_boosting.grower
    _hist_gradient_boosting.histogram _hist_gradient_boosting.loss _hist_gradient_boosting.predictor
    _hist_gradient_boosting.splitting _iforest _stacking _voting _weight_boosting bagging base forest
    gradient_boosting iforest partial_dependence voting voting_classifier weight_boosting`,
  feature_extraction: "_dict_vectorizer _hash dict_vectorizer hashing image text",
  feature_selection: `
    _base _from_model _rfe _sequential _univariate_selection _variance_threshold base from_model rfe
    univariate_selection variance_threshold`,
  frozen: "_frozen",
  gaussian_process: "_gpc _gpr gaussian_process gpc gpr kernels",
  impute: "_base _iterative _knn",
  linear_model: `
    _base _bayes _coordinate_descent _glm._newton_solver _glm.glm _glm.link _huber _least_angle _linear_loss
    _logistic _omp _passive_aggressive _perceptron _quantile _ransac _ridge _sag_fast _sgd_fast
    _stochastic_gradient _theil_sen base bayes coordinate_descent huber least_angle logistic omp
    passive_aggressive perceptron randomized_l1 ransac ridge sag_fast sgd_fast stochastic_gradient theil_sen`,
  manifold: `
    _classical_mds _isomap _locally_linear _mds _spectral_embedding _t_sne isomap locally_linear mds
    spectral_embedding_ t_sne`,
  metrics: `
    _dist_metrics _pairwise_distances_reduction _pairwise_distances_reduction._argkmin
    _pairwise_distances_reduction._argkmin_classmode _pairwise_distances_reduction._base
    _pairwise_distances_reduction._datasets_pair _pairwise_distances_reduction._dispatcher
    _pairwise_distances_reduction._middle_term_computer _pairwise_distances_reduction._radius_neighbors
    _pairwise_distances_reduction._radius_neighbors_classmode _scorer base scorer`,
  mixture: "_base _bayesian_mixture _gaussian_mixture base bayesian_mixture dpgmm gaussian_mixture gmm",
  model_selection: "_classification_threshold _search _search_successive_halving _split",
  neighbors: `
    _ball_tree _base _classification _dist_metrics _distance_metric _graph _kd_tree _kde _lof _nca
    _nearest_centroid _quad_tree _regression _unsupervised approximate ball_tree base classification
    dist_metrics kd_tree kde lof nca nearest_centroid quad_tree regression unsupervised`,
  neural_network: "_multilayer_perceptron _rbm _stochastic_optimizers multilayer_perceptron rbm",
  preprocessing: `
    _data _discretization _encoders _function_transformer _label _polynomial _target_encoder data imputation
    label`,
  semi_supervised: "_label_propagation _self_training label_propagation",
  svm: "_base _classes _libsvm base classes liblinear libsvm",
  tree: "_classes _criterion _export _partitioner _reingold_tilford _splitter _tree _utils export tree",
};

/** Modules that stand for themselves: one file, no package. */
const FILES =
  "base calibration discriminant_analysis dummy frozen impute isotonic kernel_approximation kernel_ridge multiclass multioutput naive_bayes pipeline random_projection";

/** imbalanced-learn's packages in the same way. */
const IMBLEARN: Readonly<Record<string, string>> = {
  combine: "_smote_enn _smote_tomek smote_enn smote_tomek",
  ensemble: "_bagging _easy_ensemble _forest _weight_boosting bagging easy_ensemble forest weight_boosting",
  over_sampling: `
    _adasyn _random_over_sampler _smote _smote.base _smote.cluster _smote.filter adasyn random_over_sampler smote`,
  under_sampling: `
    _prototype_generation._cluster_centroids _prototype_selection._condensed_nearest_neighbour
    _prototype_selection._edited_nearest_neighbours _prototype_selection._instance_hardness_threshold
    _prototype_selection._nearmiss _prototype_selection._neighbourhood_cleaning_rule
    _prototype_selection._one_sided_selection _prototype_selection._random_under_sampler
    _prototype_selection._tomek_links prototype_generation.cluster_centroids
    prototype_selection.condensed_nearest_neighbour prototype_selection.edited_nearest_neighbours
    prototype_selection.instance_hardness_threshold prototype_selection.nearmiss
    prototype_selection.neighbourhood_cleaning_rule prototype_selection.one_sided_selection
    prototype_selection.random_under_sampler prototype_selection.tomek_links`,
};

/** Where releases of Keras and TensorFlow kept what prepares texts. */
const KERAS =
  "keras_preprocessing keras.src.preprocessing keras.src.legacy.preprocessing tensorflow.keras.preprocessing tensorflow.python.keras.preprocessing";

/** Modules whose classes live in another package now. */
const MOVED: Readonly<Record<string, string>> = {
  grid_search: "model_selection",
  "neighbors.dist_metrics": "metrics",
  "neighbors._dist_metrics": "metrics",
  "preprocessing.imputation": "impute",
  lda: "discriminant_analysis",
  qda: "discriminant_analysis",
};

/** Modules that classes were pickled from, and the public package of each. */
export const PUBLIC_PACKAGES: ReadonlyMap<string, string> = (() => {
  const byModule = new Map<string, string>();
  const add = (module: string, family: string) => byModule.set(`sklearn.${module}`, `sklearn.${family}`);
  for (const file of FILES.split(" ")) add(file, file);
  for (const [family, modules] of Object.entries(MODULES)) {
    add(family, family);
    for (const module of modules.trim().split(/\s+/)) add(`${family}.${module}`, family);
  }
  for (const [module, family] of Object.entries(MOVED)) add(module, family);
  byModule.set("fbprophet.forecaster", "prophet.forecaster");
  for (const module of KERAS.split(" ")) byModule.set(`${module}.text`, "keras.preprocessing.text");
  for (const [family, modules] of Object.entries(IMBLEARN))
    for (const module of [...modules.trim().split(/\s+/), ""])
      byModule.set(`imblearn.${family}${module === "" ? "" : `.${module}`}`, `imblearn.${family}`);
  return byModule;
})();

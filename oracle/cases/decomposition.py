"""sklearn.decomposition."""
import numpy as np

from kit.case import cases_of
from kit.sk import VERSION, sk

case = cases_of('decomposition')
de = sk.decomposition


def nmf(**params):
    params = dict(dict(n_components=2, init='random', random_state=0), **params)
    if 'alpha_W' in params and VERSION < (1, 0):  # one weight for both, of the whole sum
        params['alpha'] = params.pop('alpha_W') * 6
        params.pop('alpha_H', None)
    return lambda: de.NMF(**params)


def batches(**params):
    params = dict(dict(n_components=2, init='random', random_state=0, batch_size=5), **params)
    return lambda: de.MiniBatchNMF(**params)


def nmf_cases():
    return [
        case('NMF-zeros', nmf(), 'small_zeros', core=True),
        case('NMF-positive', nmf(n_components=3, tol=1e-2), 'small_positive_plain'),
        case('NMF-three_steps', nmf(max_iter=3), 'small_positive_plain', core=True),
        case('NMF-weighted', nmf(alpha_W=0.02, l1_ratio=0.5), 'small_zeros', core=True),
        case('NMF-weighted_apart', nmf(alpha_W=0.03, alpha_H=0.1, l1_ratio=1.0), 'small_zeros', since='1.0'),
        case('NMF-frobenius', nmf(solver='mu'), 'small_zeros', since='0.19', core=True),
        case('NMF-kullback_leibler', nmf(solver='mu', beta_loss='kullback-leibler'), 'small_zeros', since='0.19',
             core=True),
        case('NMF-itakura_saito', nmf(solver='mu', beta_loss='itakura-saito'), 'small_positive_plain', since='0.19'),
        case('NMF-beta_half', nmf(solver='mu', beta_loss=0.5, alpha_W=0.01), 'small_zeros', since='0.19'),
        case('NMF-beta_minus', nmf(solver='mu', beta_loss=-0.5), 'small_positive_plain', since='0.19'),
        case('NMF-beta_one_half', nmf(solver='mu', beta_loss=1.5, alpha_W=0.02, l1_ratio=0.3), 'small_zeros',
             since='0.19'),
        case('NMF-beta_three', nmf(solver='mu', beta_loss=3, max_iter=500), 'small_zeros', since='0.19'),
        case('NMF-sparse', nmf(solver='mu', beta_loss='kullback-leibler'), 'sparse_zeros', since='0.19'),
        case('NMF-sparse_descent', nmf(), 'sparse_zeros', x=True),
        case('NMF-float32', nmf(), 'small_zeros32', since='0.24', x=True),
        case('NMF-shuffled', nmf(n_components=4, shuffle=True, random_state=7, max_iter=4), 'small_positive_plain'),
        case('NMF-all', nmf(n_components=6), 'small_zeros', x=True),
        case('MiniBatchNMF-zeros', batches(), 'small_zeros', since='1.1', core=True),
        case('MiniBatchNMF-frobenius', batches(beta_loss='frobenius', alpha_W=0.02), 'small_zeros', since='1.1'),
        case('MiniBatchNMF-itakura_saito', batches(beta_loss='itakura-saito', transform_max_iter=7),
             'small_positive_plain', since='1.1'),
        case('LatentDirichletAllocation-batch', lambda: de.LatentDirichletAllocation(
            n_components=3, learning_method='batch', max_iter=4, random_state=0), 'small_zeros', core=True),
        case('LatentDirichletAllocation-online', lambda: de.LatentDirichletAllocation(
            n_components=2, learning_method='online', max_iter=3, random_state=0, doc_topic_prior=0.9,
            max_doc_update_iter=5, mean_change_tol=1e-6), 'sparse_zeros', core=True),
        case('LatentDirichletAllocation-float32', lambda: de.LatentDirichletAllocation(
            n_components=3, learning_method='batch', max_iter=4, random_state=0), 'small_zeros32', since='1.0', x=True),
    ]


def factor_cases():
    return [
        case('FactorAnalysis-lapack', lambda: de.FactorAnalysis(n_components=2, svd_method='lapack'), 'iris_plain',
             core=True),
        case('FactorAnalysis-randomized', lambda: de.FactorAnalysis(n_components=3, random_state=0), 'cancer_plain'),
        case('FactorAnalysis-all', lambda: de.FactorAnalysis(), 'regression_plain', x=True),
        case('FactorAnalysis-rotated', lambda: de.FactorAnalysis(n_components=2, rotation='varimax'), 'digits_plain',
             since='0.24'),
        case('FastICA-parallel', lambda: de.FastICA(n_components=2, random_state=0, tol=1e-2), 'iris_plain', core=True),
        case('FastICA-deflation', lambda: de.FastICA(n_components=2, algorithm='deflation', fun='cube',
                                                     random_state=0), 'regression_plain'),
        case('FastICA-plain', lambda: de.FastICA(whiten=False, random_state=0, max_iter=5), 'unlabelled', core=True),
        case('FastICA-unit_variance', lambda: de.FastICA(n_components=3, whiten='unit-variance', random_state=0),
             'cancer_plain', since='1.1'),
        case('FastICA-arbitrary_variance', lambda: de.FastICA(
            n_components=3, whiten='arbitrary-variance', random_state=0), 'cancer_plain', since='1.1'),
        case('FastICA-float32', lambda: de.FastICA(n_components=2, random_state=0), 'regression32_plain', since='1.0',
             x=True),
    ]


def atoms(count, columns):
    found = np.sin(np.arange(1.0, 1 + count * columns).reshape(count, columns) ** 1.5)
    return np.round(found / np.sqrt((found ** 2).sum(axis=1))[:, None], 4)


def coder(name, data='small_plain', core=False, since='0.17', x=False, count=5, **params):
    columns = {'small_plain': 3, 'digits_plain': 10, 'small_positive_plain': 5}[data]
    if VERSION < (0, 20):
        params.pop('positive_code', None)
    return case('SparseCoder-' + name, lambda: de.SparseCoder(dictionary=atoms(count, columns), **params), data,
                core=core, since=since, x=x)


def learning(name, cls='DictionaryLearning', data='small_plain', core=False, since='0.17', x=False, **params):
    params = dict(dict(n_components=4, random_state=0, max_iter=4), **params)
    return case(cls + '-' + name, lambda: getattr(de, cls)(**params), data, core=core, since=since, x=x)


def sparse_cases():
    mini = 'MiniBatchDictionaryLearning'
    return [
        case('SparsePCA-two', lambda: de.SparsePCA(n_components=2, max_iter=20, random_state=0), 'iris_plain',
             core=True),
        case('SparsePCA-ridge', lambda: de.SparsePCA(n_components=3, alpha=0.5, ridge_alpha=2.0, max_iter=20,
                                                     random_state=0), 'cancer_plain'),
        case('SparsePCA-normalized', lambda: de.SparsePCA(n_components=2, max_iter=20, random_state=0,
                                                          normalize_components=True), 'iris_plain', since='0.20',
             until='0.21'),
        case('SparsePCA-more_than_features', lambda: de.SparsePCA(n_components=5, alpha=0.2, max_iter=20,
                                                                  random_state=0), 'small_plain', x=True),
        case('MiniBatchSparsePCA-two', lambda: de.MiniBatchSparsePCA(n_components=2, max_iter=5, random_state=0),
             'iris_plain', core=True),
        case('SparsePCA-float32', lambda: de.SparsePCA(n_components=2, max_iter=20, random_state=0),
             'regression32_plain', since='1.0', x=True),
        coder('omp', core=True),
        coder('omp_three', 'digits_plain', count=8, transform_n_nonzero_coefs=3, core=True),
        coder('omp_all', 'small_positive_plain', count=7, transform_n_nonzero_coefs=7),
        coder('lars', 'digits_plain', count=8, transform_algorithm='lars', transform_n_nonzero_coefs=4, core=True),
        coder('lars_all', 'digits_plain', count=8, transform_algorithm='lars', transform_n_nonzero_coefs=8),
        coder('lasso_lars', transform_algorithm='lasso_lars', transform_alpha=0.2, core=True),
        coder('lasso_lars_wide', 'digits_plain', count=8, transform_algorithm='lasso_lars'),
        coder('lasso_lars_small', 'digits_plain', count=14, transform_algorithm='lasso_lars', transform_alpha=0.01,
              split_sign=True),
        coder('lasso_lars_positive', 'small_positive_plain', count=7, transform_algorithm='lasso_lars',
              transform_alpha=0.05, positive_code=True, since='0.20'),
        coder('lasso_cd', transform_algorithm='lasso_cd', transform_alpha=0.2, core=True),
        coder('lasso_cd_wide', 'digits_plain', count=8, transform_algorithm='lasso_cd', transform_alpha=0.4),
        coder('lasso_cd_positive', 'small_positive_plain', count=7, transform_algorithm='lasso_cd',
              transform_alpha=0.05, positive_code=True, since='0.20'),
        coder('lasso_cd_steps', 'small_positive_plain', count=7, transform_algorithm='lasso_cd',
              transform_alpha=0.01, transform_max_iter=3, since='0.24'),
        coder('threshold', transform_algorithm='threshold', transform_alpha=0.3, core=True),
        coder('threshold_split', transform_algorithm='threshold', transform_alpha=0.3, split_sign=True),
        coder('threshold_positive', transform_algorithm='threshold', positive_code=True, since='0.20'),
        learning('omp', core=True),
        learning('lasso_lars', transform_algorithm='lasso_lars', transform_alpha=0.1, split_sign=True),
        learning('own_alpha', transform_algorithm='lasso_cd', alpha=0.3),
        learning('batch_omp', mini, core=True, batch_size=4),
        learning('batch_threshold', mini, transform_algorithm='threshold', alpha=0.2, batch_size=4),
        learning('batch_lasso_lars', mini, data='digits_plain', n_components=12, transform_algorithm='lasso_lars',
                 transform_alpha=0.5, batch_size=4),
        learning('float32', data='small_plain32', since='1.0', x=True),
    ]


def kernel(name, data='small_plain', core=False, since='0.17', until='99', x=False, **params):
    params = dict(dict(n_components=3, kernel=name.split('_')[0]), **params)
    if name == 'additive_chi2':
        params['kernel'] = name
    return case('KernelPCA-' + name, lambda: de.KernelPCA(**params), data, core=core, since=since,
                until=until, x=x, skip=() if params.get('fit_inverse_transform') else ('inverse_transform',))


def kernel_cases():
    return [
        kernel('linear', core=True),
        kernel('rbf', core=True, gamma=0.3),
        kernel('rbf_inverse', core=True, fit_inverse_transform=True, alpha=0.2),
        kernel('rbf_all', n_components=None),
        kernel('poly', gamma=0.5, degree=2, coef0=0.7, fit_inverse_transform=True),
        kernel('poly_default'),
        kernel('sigmoid', gamma=0.1, coef0=0.3),
        kernel('cosine', fit_inverse_transform=True),
        kernel('laplacian', until='1.1', gamma=0.2),
        kernel('chi2', 'small_positive_plain', until='1.1'),
        kernel('additive_chi2', 'small_positive_plain', until='1.1'),
        kernel('precomputed', 'kernel_small', core=True),
        kernel('rbf_sparse', 'sparse_small', gamma=0.4),
        kernel('rbf_randomized', since='1.0', eigen_solver='randomized', random_state=0, n_components=2),
        kernel('rbf_arpack', eigen_solver='arpack', random_state=0, n_components=2, x=True),
        kernel('linear_more_than_rank', n_components=8, core=True, since='0.22'),
    ]


CASES = [
    case('PCA-two', lambda: de.PCA(n_components=2), 'iris_plain', core=True),
    case('PCA-whiten', lambda: de.PCA(n_components=3, whiten=True), 'cancer_plain', core=True),
    case('PCA-share', lambda: de.PCA(n_components=0.9, svd_solver='full'), 'digits_plain', since='0.18'),
    case('PCA-all', lambda: de.PCA(), 'regression_plain', x=True),
    case('PCA-covariance_eigh', lambda: de.PCA(n_components=2, svd_solver='covariance_eigh'), 'iris_plain',
         since='1.5'),
    case('PCA-randomized', lambda: de.PCA(n_components=3, svd_solver='randomized', random_state=0), 'digits_plain',
         since='0.18'),
    case('PCA-arpack', lambda: de.PCA(n_components=2, svd_solver='arpack', random_state=0, whiten=True),
         'digits_plain', since='0.18', x=True),
    case('PCA-float32', lambda: de.PCA(n_components=2), 'regression32_plain', since='0.18'),
    case('PCA-frame', lambda: de.PCA(n_components=2), 'frame_plain', x=True),
    case('PCA-sparse', lambda: de.PCA(n_components=2, svd_solver='arpack', random_state=0), 'sparse_plain',
         since='1.4', x=True),
    case('IncrementalPCA-two', lambda: de.IncrementalPCA(n_components=2, batch_size=20), 'regression_plain', x=True),
    case('TruncatedSVD-sparse', lambda: de.TruncatedSVD(n_components=2, random_state=0), 'sparse_plain', core=True),
    case('TruncatedSVD-arpack', lambda: de.TruncatedSVD(n_components=3, algorithm='arpack', random_state=0),
         'digits_plain', x=True),
] + nmf_cases() + factor_cases() + kernel_cases() + sparse_cases()

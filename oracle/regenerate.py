"""Create the pinned virtual environments and remake every fixture.

    python3 oracle/regenerate.py [--only 1.9.1 ...] [--subjects estimators arrays ...] [--filter TEXT]

The environments live in the folder that VENVS names (default: .venvs).
One process at a time; the interpreters are looked up as python3.13,
python3.12, ... on the PATH and under PYENV_ROOT.
"""
import argparse
import glob
import json
import os
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
SUBJECTS = ['estimators', 'arrays', 'frames', 'containers', 'plain']
PACKAGES = ['numpy', 'scipy', 'joblib', 'pandas', 'scikit-learn']

# numpy's own exp, log and tanh differ between processors; without these
# features every machine takes the same code path.
CPU_FEATURES = ['AVX512F', 'AVX512CD', 'AVX512_SKX', 'AVX512_CLX', 'AVX512_CNL',
                'AVX512_ICL', 'AVX512_SPR', 'X86_V4', 'X86_V3']
ENVIRONMENT = {
    'OMP_NUM_THREADS': '1', 'OPENBLAS_NUM_THREADS': '1', 'MKL_NUM_THREADS': '1',
    'OPENBLAS_CORETYPE': 'Haswell', 'PYTHONHASHSEED': '0', 'PYTHONDONTWRITEBYTECODE': '1',
    'PYTHONIOENCODING': 'utf-8', 'PYTHONWARNINGS': 'ignore', 'LC_ALL': 'C',
}


def interpreter(version):
    """The newest installed python of the series `version`, such as '3.9'."""
    pyenv = os.environ.get('PYENV_ROOT', os.path.expanduser('~/.pyenv'))
    found = sorted(glob.glob(os.path.join(pyenv, 'versions', version + '.*', 'bin', 'python')))
    python = found[-1] if found else shutil.which('python' + version)
    if python is None:
        raise SystemExit('python%s is not installed' % version)
    return python


def run(command, **options):
    print('+ ' + ' '.join(os.path.basename(command[0]) if i == 0 else c for i, c in enumerate(command)), flush=True)
    subprocess.run(command, check=True, **options)


def create(pins, folder):
    """Make the environment of one set of pins, unless it is there already."""
    python = os.path.join(folder, 'bin', 'python')
    stamp = os.path.join(folder, 'pins.json')
    wanted = json.dumps({name: pins[name] for name in PACKAGES + ['python']}, sort_keys=True)
    if os.path.exists(stamp) and open(stamp).read() == wanted:
        return python
    shutil.rmtree(folder, ignore_errors=True)
    if pins['python'] == '2.7':
        tool = os.path.join(os.path.dirname(folder), 'virtualenv')
        if not os.path.exists(tool):
            run([interpreter('3.9'), '-m', 'venv', tool])
            run([os.path.join(tool, 'bin', 'pip'), 'install', '-q', 'virtualenv==20.21.1'])
        run([os.path.join(tool, 'bin', 'virtualenv'), '-q', '-p', interpreter('2.7'), folder])
    else:
        run([interpreter(pins['python']), '-m', 'venv', folder])
    for name in PACKAGES:  # one by one: the old resolvers cannot take them together
        run([python, '-m', 'pip', 'install', '-q', '--only-binary=:all:', '%s==%s' % (name, pins[name])]
            + (['--no-deps'] if name == 'scikit-learn' and pins['python'] == '2.7' else []))
    with open(stamp, 'w') as file:
        file.write(wanted)
    return python


def disabled_features(python):
    """Those of CPU_FEATURES that this numpy lets one switch off."""
    kept = []
    for name in CPU_FEATURES:
        environment = dict(os.environ, NPY_DISABLE_CPU_FEATURES=name, PYTHONWARNINGS='error')
        if subprocess.run([python, '-c', 'import numpy'], env=environment, capture_output=True).returncode == 0:
            kept.append(name)
    return ' '.join(kept)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('--only', nargs='*', help='scikit-learn versions')
    parser.add_argument('--subjects', nargs='*', default=SUBJECTS)
    parser.add_argument('--filter', default='', help='part of a case name')
    parser.add_argument('--venvs-only', action='store_true')
    options = parser.parse_args()
    venvs = os.path.abspath(os.environ.get('VENVS', '.venvs'))
    with open(os.path.join(HERE, 'versions.json')) as file:
        environments = json.load(file)['environments']
    for pins in environments:
        version = pins['scikit-learn']
        if options.only and version not in options.only:
            continue
        python = create(pins, os.path.join(venvs, version))
        if options.venvs_only:
            continue
        environment = dict(os.environ, **ENVIRONMENT)
        environment['NPY_DISABLE_CPU_FEATURES'] = disabled_features(python)
        for subject in options.subjects:
            if subject in pins:
                run([python, os.path.join(HERE, 'make.py'), subject, pins[subject], os.path.join(ROOT, 'fixtures'),
                     options.filter], env=environment)


if __name__ == '__main__':
    sys.exit(main())

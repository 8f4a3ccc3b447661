"""Set up Python's side of the benchmarks: the environment .venvs/bench, with pinned packages.

    python3 bench/setup.py

It needs CPython 3.13, on the PATH as python3.13 or under PYENV_ROOT. scikit-learn and what it needs are those of the
first environment in oracle/versions.json; VENVS names another folder than .venvs. The models are made by the
benchmarks that use them, in .bench/.
"""
import json
import os
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
SERVER = ['flask==3.1.3', 'gunicorn==27.0.1']
BOOSTING = ['lightgbm==4.7.0', 'xgboost==3.4.1']

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(ROOT, 'oracle'))
import regenerate  # noqa: E402


def main():
    with open(os.path.join(ROOT, 'oracle', 'versions.json')) as file:
        pins = json.load(file)['environments'][0]
    folder = os.path.join(os.path.abspath(os.environ.get('VENVS', os.path.join(ROOT, '.venvs'))), 'bench')
    python = regenerate.create(pins, folder)
    regenerate.run([python, '-m', 'pip', 'install', '-q', '--only-binary=:all:', *SERVER, *BOOSTING])
    print('ready: npm run bench')


if __name__ == '__main__':
    main()

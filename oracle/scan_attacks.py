"""Pickles that a scanner must report: each, loaded by Python, calls what is harmless in itself by a way that is not.

    python scan_attacks.py                 writes fixtures/scan_attacks/

What they do when Python loads them is harmless, too: a folder `loaded_by_python` in the working directory, a logger that is
silent. Written for CPython 3.11, by hand: no pickler makes such files.
"""
import pathlib
import sys

OUT = pathlib.Path(__file__).resolve().parent.parent / 'fixtures' / 'scan_attacks'
MADE = 'loaded_by_python'
REACH = '_flavour.pathmod.os.mkdir'


def text(value):
    raw = value.encode()
    return b'\x8c' + bytes([len(raw)]) + raw


def name(module, attribute):
    return text(module) + text(attribute) + b'\x93'


def call(function, *operands):
    return function + b'(' + b''.join(operands) + b'tR'


def path(value):
    return call(name('pathlib', 'PosixPath'), text(value))


def method(owner, attribute):
    return call(name('builtins', 'getattr'), owner, text(attribute))


def partial(function, *operands):
    return call(name('functools', 'partial'), function, *operands)


def entries(key, value):
    return b'}' + text(key) + value + b's'


def asks(function):
    """dict() asks the ChainMap for each key, and that the defaultdict, which calls its factory and keeps the answer."""
    factory = call(name('collections', 'defaultdict'), function)
    return call(name('builtins', 'dict'), call(name('collections', 'ChainMap'), factory, entries('k', b'K\x01')))


FRAME = call(name('pandas.core.frame', 'DataFrame'), entries('a', b']K\x01a'))
FOUND = asks(partial(call(name('operator', 'attrgetter'), text(REACH)), path('x')))
MKDIR = method(path(MADE), 'mkdir')
LOGISTIC = name('sklearn.linear_model._logistic', 'LogisticRegression') + b')\x81'
CASES = {
    'method_by_default_factory': asks(MKDIR),
    'partial_of_a_method': asks(partial(MKDIR, b'M\xff\x01')),
    'method_by_generator_ctor': call(name('numpy.random._pickle', '__generator_ctor'), text('.'), method(path(MADE), 'symlink_to')),
    'frame_agg_eval': asks(partial(method(FRAME, 'agg'), text('eval'), b'K\x00', text("@inspect.os.mkdir('%s')" % MADE))),
    'frame_agg_to_pickle': asks(partial(method(FRAME, 'agg'), text('to_pickle'), b'K\x00', text(MADE))),
    'module_by_attrgetter': asks(partial(method(call(name('types', 'SimpleNamespace')) + FOUND + b'b', 'k'), text(MADE))),
    'logging_silenced': asks(partial(method(call(name('logging', 'getLogger')), 'setLevel'), b'K\x64')),
    # A state that a class calls, and an attribute that Python asks for.
    'method_in_a_state': name('sklearn.isotonic', 'IsotonicRegression') + b')\x81}(' + text('X_thresholds_') + b']' + text('y_thresholds_') + b']'
                         + text('_build_f') + partial(MKDIR, b'M\xff\x01') + b'ub',
    'attribute_that_is_asked_for': LOGISTIC + entries('__setstate__', MKDIR) + b'bM\xff\x01b',
    'storage_from_a_file': call(method(name('torch', 'UntypedStorage'), 'from_file'), text(MADE), b'\x88', b'K\x08'),
    'formula': name('statsmodels.base.data', 'ModelData') + b')\x81}(' + text('restore_design_info') + b'\x88' + text('frame') + b'}'
               + text('formula') + text("__import__('os').mkdir('%s')" % MADE) + b'ub',
    'array_of_a_buffer': call(name('numpy', 'ndarray'), b'K\x01\x85', call(name('numpy', 'dtype'), text('O8')), b'C\x08' + b'\x01' * 8),
}


def main():
    OUT.mkdir(exist_ok=True)
    for case, body in CASES.items():
        (OUT / (case + '.pkl')).write_bytes(b'\x80\x04' + body + b'.')
    print(len(CASES), 'files', sys.version.split()[0])


if __name__ == '__main__':
    main()

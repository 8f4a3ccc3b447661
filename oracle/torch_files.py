"""Small files of PyTorch and safetensors, and what they hold: fixtures/torch.

    python oracle/torch_files.py fixtures/torch

Ran with torch 1.12.1 (Python 3.10, numpy 1.26.4) and torch 2.15.0 with safetensors 0.8.0 (Python 3.13, numpy 2.5.5).
The expected arrays are numpy's, in C order; a complex number is two numbers, a bfloat16 the float32 of its value.
"""
import base64
import collections
import json
import sys

import numpy as np
import torch

TAG = 'v' + torch.__version__.split('+')[0]
NEW = hasattr(torch, 'float8_e4m3fn')
UNREAD = {torch.qint8, torch.quint8}
if NEW:
    UNREAD |= {torch.float8_e4m3fn, torch.float8_e5m2}


def every_dtype():
    torch.manual_seed(0)
    made = collections.OrderedDict()
    for name in ('float64', 'float32', 'float16', 'bfloat16'):
        values = [0.0, -0.0, 1.5, -2.25, 3.1415927, float('inf'), float('-inf'), float('nan'), 1e-40, 65504.0]
        made[name] = torch.tensor(values, dtype=getattr(torch, name)).reshape(2, 5)
    for name in ('int64', 'int32', 'int16', 'int8', 'uint8'):
        info = torch.iinfo(getattr(torch, name))
        made[name] = torch.tensor([info.min, -1 if info.min else 1, 0, info.max], dtype=getattr(torch, name))
    made['bool'] = torch.tensor([True, False, True])
    for name in ('complex64', 'complex128'):
        made[name] = torch.tensor([1 + 2j, -0.5j], dtype=getattr(torch, name))
    if NEW:
        for name in ('uint16', 'uint32', 'uint64'):
            made[name] = torch.tensor([0, 1, 65535], dtype=getattr(torch, name))
    return made


def views():
    base = torch.arange(24, dtype=torch.float32).reshape(2, 3, 4)
    turned = torch.tensor([[1 + 2j, 3 - 4j]])
    return collections.OrderedDict([
        ('base', base),
        ('transposed', base.permute(2, 0, 1)),
        ('sliced', base[1, ::2, 1:3]),
        ('expanded', base[0, 0, :1].expand(3, 5)),
        ('column', base[:, 1:2, 3]),
        ('same', base.view(6, 4)),
        ('scalar', torch.tensor(2.5)),
        ('empty', torch.zeros(0, 3)),
        ('conjugate', turned.conj()),
        ('negative', torch.tensor([[5 + 6j, 7 - 8j]]).conj().imag),
        ('parameter', torch.nn.Parameter(torch.tensor([1.0, 2.0]))),
        ('overlapping', torch.arange(5, dtype=torch.int16).as_strided((3, 3), (1, 1))),
    ])


def network():
    torch.manual_seed(1)
    return torch.nn.Sequential(collections.OrderedDict([
        ('conv', torch.nn.Conv1d(1, 2, 3)),
        ('norm', torch.nn.BatchNorm1d(2)),
        ('flat', torch.nn.Flatten()),
        ('head', torch.nn.Sequential(torch.nn.Linear(4, 3), torch.nn.ReLU(), torch.nn.Linear(3, 1, bias=False))),
    ]))


def checkpoint():
    model = network()
    optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
    model(torch.ones(2, 1, 4)).sum().backward()
    optimizer.step()
    return {'epoch': 3, 'loss': 0.25, 'note': 'best', 'model': model.state_dict(), 'optimizer': optimizer.state_dict()}


def unread():
    made = collections.OrderedDict(kept=torch.ones(2), qint8=torch.quantize_per_tensor(torch.ones(2, 3), 0.1, 0, torch.qint8))
    if NEW:
        made['float8_e4m3fn'] = torch.tensor([1.0, -2.0]).to(torch.float8_e4m3fn)
        made['float8_e5m2'] = torch.tensor([1.0, -2.0, 3.0]).to(torch.float8_e5m2)
    return made


def described(tensor):
    found = {'dtype': str(tensor.dtype).replace('torch.', ''), 'shape': list(tensor.shape)}
    if tensor.dtype in UNREAD:
        return found
    plain = tensor.detach().resolve_conj().resolve_neg()
    if plain.dtype == torch.bfloat16:
        plain = plain.to(torch.float32)
    array = np.ascontiguousarray(plain.numpy())
    found['numpy'] = array.dtype.str
    found['bytes'] = base64.b64encode(array.tobytes()).decode()
    return found


def named(value, name=''):
    if isinstance(value, torch.nn.Module):
        value = value.state_dict()
    if isinstance(value, torch.Tensor):
        return {name: described(value)}
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    found = {}
    for key, each in items:
        found.update(named(each, '%s.%s' % (name, key) if name else str(key)))
    return found


def no_source(*_):
    raise OSError('the source of a class is no part of a fixture')


def main():
    folder = sys.argv[1]
    torch.serialization.get_source_lines_and_file = no_source
    values = dict(dtypes=every_dtype(), views=views(), checkpoint=checkpoint(), unread=unread(), module=network())
    for name, value in values.items():
        path = '%s/%s.%s.pt' % (folder, name, TAG)
        torch.save(value, path)
        with open('%s/%s.%s.json' % (folder, name, TAG), 'w') as file:
            # What is read is expected: 1.12 forgets that a view is conjugated.
            json.dump(named(torch.load(path, **({'weights_only': False} if NEW else {}))), file, indent=0)
            file.write('\n')
        if not (NEW and name in ('dtypes', 'unread')):
            torch.save(value, '%s/%s-old.%s.pt' % (folder, name, TAG), _use_new_zipfile_serialization=False)
    if NEW:
        from safetensors.torch import save_file

        whole = {name: tensor for name, tensor in values['dtypes'].items() if name != 'complex128'}
        whole.update(empty=torch.zeros(0, 3), scalar=torch.tensor(2.5))
        save_file(whole, '%s/dtypes.%s.safetensors' % (folder, TAG), metadata={'format': 'pt', 'größe': '"2"'})
        eights = {name: tensor for name, tensor in values['unread'].items() if name != 'qint8'}
        save_file(eights, '%s/unread.%s.safetensors' % (folder, TAG), metadata={'format': 'pt'})


main()

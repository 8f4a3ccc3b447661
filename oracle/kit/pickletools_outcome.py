"""What `pickletools` gives for a stream, or the error that it raises."""
import io
import pickletools
import warnings

# Escapes that nobody knows are read all the same.
warnings.simplefilter('ignore', DeprecationWarning)


def error_of(error):
    return [type(error).__name__, str(error)]


def disassembled(stream, position=0, **options):
    """The text, the error or None, and where it ended."""
    file, out = io.BytesIO(stream), io.StringIO()
    file.seek(position)
    try:
        pickletools.dis(file, out, **options)
    except Exception as error:
        return out.getvalue(), error_of(error), None
    return out.getvalue(), None, file.tell()


def optimized(stream):
    """The bytes or None, and the error or None."""
    try:
        return pickletools.optimize(stream), None
    except Exception as error:
        return None, error_of(error)

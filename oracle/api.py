"""Fuzz a running service by its own OpenAPI document: no 5xx but a documented 503, no undocumented status.

    python oracle/api.py [MORE MODELS ...]

starts the built command line on the models of examples/ (and those that are named), with a registry in a temporary
folder and a key, and runs schemathesis against it. Run with CPython 3.11 and `pip install schemathesis==4.32.5`, after
`npm run build`.
"""
import os
import re
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
KEY = 'a-key-for-this-run-only-0123456789'
CHECKS = 'not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance'


def main():
    with tempfile.TemporaryDirectory() as folder:
        command = ['node', 'packages/curtido/bin/curtido.js', 'serve', 'examples'] + sys.argv[1:]
        command += ['--data', os.path.join(folder, 'data'), '--port', '0']
        server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True,
                                  env=dict(os.environ, CURTIDO_KEY=KEY))
        try:
            for line in server.stdout:
                found = re.search(r'models at (http://\S+);', line)
                if found:
                    break
            else:
                return 'the service did not start'
            tool = os.path.join(os.path.dirname(sys.executable), 'schemathesis')
            return subprocess.run(
                [tool, 'run', found.group(1) + '/openapi.json', '-H', 'Authorization: Bearer ' + KEY, '--checks', CHECKS,
                 '--phases', 'examples,coverage,fuzzing', '--max-examples', '50'], cwd=folder).returncode
        finally:
            server.terminate()
            server.wait()


if __name__ == '__main__':
    sys.exit(main())

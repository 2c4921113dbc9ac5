"""Let coverage lead the fuzzing: `python tools/fuzz.py TEST [-max_total_time=600] [CORPUS ...]`.

TEST is a test of `tests/test_fuzz_untrusted.py`, such as `test_yaml`. Its inputs come from libFuzzer (`pip install
atheris`, on Linux and macOS), which keeps those that reach new lines of the program; all other words are libFuzzer's own.
It ends with the first input that fails, and prints it as the test does.
"""

import sys
from pathlib import Path

import atheris

TESTS = Path(__file__).resolve().parent.parent / "tests"


def main() -> None:
    sys.path[:0] = [str(TESTS.parent), str(TESTS)]
    with atheris.instrument_imports(include=["honorroll"]):
        import test_fuzz_untrusted as tests
    if len(sys.argv) < 2 or not hasattr(getattr(tests, sys.argv[1], None), "hypothesis"):
        raise SystemExit(__doc__)
    test = getattr(tests, sys.argv.pop(1))
    atheris.Setup(sys.argv, test.hypothesis.fuzz_one_input)
    atheris.Fuzz()


if __name__ == "__main__":
    main()

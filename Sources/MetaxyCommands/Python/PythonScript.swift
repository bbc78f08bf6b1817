/// The program that runs in the project's Python: `python -c TEXT ANSWER-FILE ROOT CONFIGURATION PREFIX MODULE…`.
///
/// It imports the modules and writes one JSON object to the file: `graph` in the form of exported graphs, `warnings`, and
/// `inputs`, all that the answer depends on; or `failure`. What the modules print goes elsewhere, and the process ends
/// without waiting for their threads.
enum PythonScript {
  static let text = [inputs, features, tables, main].joined(separator: "\n\n")

  /// Notes what is read while the modules are imported. Audit hooks: <https://docs.python.org/3/library/audit_events.html>
  private static let inputs = #"""
    import ast, importlib, importlib.util, json, os, site, sys, sysconfig, traceback


    class Failure(Exception):
        def __init__(self, kind, **members):
            super().__init__(kind)
            self.answer = dict(members, kind=kind)


    class Inputs:
        def __init__(self, root, modules):
            self.packages_of_entrypoints = {name.split(".")[0] for name in modules}
            paths = sysconfig.get_paths()
            packages = [paths["purelib"], paths["platlib"]] + list(getattr(site, "getsitepackages", lambda: [])())
            packages.append(getattr(site, "getusersitepackages", lambda: "")())
            self.packages = sorted({os.path.abspath(path) for path in packages if path})
            standard = [paths["stdlib"], paths["platstdlib"], os.path.dirname(os.__file__)]
            self.outside = tuple(
                os.path.join(form, "") for path in self.packages + standard
                for form in {os.path.abspath(path), os.path.realpath(path)})
            self.root, self.files, self.directories, self.variables = root, set(), {}, set()
            self.is_listening = True

        def is_own(self, path):
            # A project can be in memory; the rest of /dev is devices.
            is_file = path.startswith("/dev/shm/") or not path.startswith(("/proc/", "/dev/", "/sys/"))
            return is_file and not path.startswith(self.outside)

        def hear(self, event, arguments):
            if self.is_listening and event in ("open", "os.listdir", "os.scandir"):
                try:
                    self.note(event, *arguments)
                except Exception:
                    pass  # an odd argument, which the call itself refuses

        def note(self, event, path, mode=None, flags=0):
            if path is None:
                path = "."
            if isinstance(path, int) or (event == "open" and flags & (os.O_WRONLY | os.O_RDWR)):
                return
            path = os.path.abspath(os.fsdecode(path))
            if event != "open":
                if path not in self.directories:
                    self.directories[path] = []  # before the listing, which is heard, too
                    self.directories[path] = os.listdir(path) if os.path.isdir(path) else []
            elif path.endswith(".pyc"):
                self.files.add(importlib.util.source_from_cache(path))
            else:
                self.files.add(path)

        def watch_variables(self):
            noted, former = self.variables, os._Environ.__getitem__

            def read(environ, name):
                # Reading all of them asks for none in particular.
                if sys._getframe(1).f_code.co_name != "__iter__":
                    noted.add(name if isinstance(name, str) else os.fsdecode(name))
                return former(environ, name)

            os._Environ.__getitem__ = read

        def modules(self):
            for name, module in sorted(sys.modules.items()):
                path = getattr(module, "__file__", None)
                is_named = name.split(".")[0] in self.packages_of_entrypoints
                if isinstance(path, str) and (is_named or self.is_own(os.path.abspath(path))):
                    yield module

        def answer(self):
            self.is_listening = False
            own = lambda paths: {path for path in paths if self.is_own(os.path.join(path, ""))}
            files = own(self.files) | {os.path.abspath(module.__file__) for module in self.modules()}
            return {
                "files": sorted(files), "directories": {path: self.directories[path] for path in sorted(own(self.directories))},
                "packages": self.packages, "variables": sorted(self.variables)}
    """#

  private static let main = #"""
    def shown(error):
        """The error as Python prints it, without the frames of this program and of the import system."""
        def trim(part, seen):
            if part is None or id(part) in seen:
                return
            seen.add(id(part))
            part.stack[:] = [frame for frame in part.stack if not is_machinery(frame.filename)]
            trim(part.__cause__, seen)
            trim(part.__context__, seen)

        whole = traceback.TracebackException(type(error), error, error.__traceback__)
        trim(whole, set())
        return "".join(whole.format())


    def is_machinery(path):
        return path == "<string>" or path.startswith("<frozen importlib") or path == importlib.__file__


    def place_of(error, inputs):
        if isinstance(error, SyntaxError) and error.filename and inputs.is_own(os.path.abspath(error.filename)):
            return {"file": relative(os.path.abspath(error.filename), inputs.root), "line": error.lineno or 1}
        frames = [frame for frame in traceback.extract_tb(error.__traceback__) if not is_machinery(frame.filename)]
        own = [frame for frame in frames if inputs.is_own(os.path.abspath(frame.filename))]
        return {"file": relative(os.path.abspath(own[-1].filename), inputs.root), "line": own[-1].lineno} if own else None


    def relative(path, root):
        return path[len(root) + 1:] if path.startswith(root + os.sep) else path


    def protected(what, inputs, work):
        try:
            return work()
        except Failure:
            raise
        except SystemExit as error:
            code = error.code if isinstance(error.code, int) else 0 if error.code is None else 1
            text = "" if error.code is None or isinstance(error.code, int) else str(error.code)
            raise Failure("exit", what=what, code=code, text=text, source=place_of(error, inputs)) from error
        except BaseException as error:
            missing = error.name if isinstance(error, ModuleNotFoundError) else None
            raise Failure(
                "error", what=what, text=shown(error), missing=missing, source=place_of(error, inputs)) from error


    def require(package):
        if importlib.util.find_spec(package) is None:
            raise Failure("package", what=package, prefix=sys.prefix)


    def answer(root, configuration, prefix, modules, inputs):
        require("metaxy")
        require("sqlalchemy")
        inputs.watch_variables()
        config = protected("the configuration", inputs, lambda: load_configuration(configuration))
        protected("metaxy.lock", inputs, lambda: load_lock(config))
        imported = [protected(name, inputs, lambda: importlib.import_module(name)) for name in modules]
        places = Places(inputs)
        graph, warnings = protected("the features", inputs, lambda: features(config, places, prefix))
        graph["tables"] = protected("the tables", inputs, lambda: tables(imported, places, prefix))
        return {"graph": graph, "warnings": warnings, "inputs": inputs.answer()}


    def main(write=open, dump=json.dumps, end=os._exit):
        path, root, configuration, prefix, *modules = sys.argv[1:]
        sys.argv[1:] = []
        os.chdir(root)
        if sys.path[:1] == [""]:
            sys.path[0] = root
        elif root not in sys.path:
            sys.path.insert(0, root)
        inputs = Inputs(root, modules)
        sys.addaudithook(inputs.hear)
        try:
            result = answer(root, configuration, prefix, modules, inputs)
        except Failure as failure:
            result = {"failure": failure.answer}
        with write(path, "w", encoding="utf-8") as file:
            file.write(dump(result))
        end(0)


    main()
    """#
}

#include "CPostgreSQL.h"

#include <dlfcn.h>
#include <stdlib.h>

const metaxy_libpq *metaxy_libpq_load(const char *name, const char **missing, const char **reason) {
  *missing = NULL;
  *reason = NULL;
  void *library = dlopen(name, RTLD_NOW | RTLD_LOCAL);
  if (!library) {
    *reason = dlerror();
    return NULL;
  }
  metaxy_libpq *functions = calloc(1, sizeof *functions);
  if (!functions) {
    dlclose(library);
    return NULL;
  }
  // POSIX defines this cast from an object's address to a function's:
  // https://pubs.opengroup.org/onlinepubs/9699919799/functions/dlsym.html
#define METAXY_LIBPQ_RESOLVE(Result, function, parameters)                                                             \
  *(void **)(&functions->function) = dlsym(library, #function);                                                        \
  if (!functions->function && !*missing) *missing = #function;
  METAXY_LIBPQ_FUNCTIONS(METAXY_LIBPQ_RESOLVE)
#undef METAXY_LIBPQ_RESOLVE
  if (*missing) {
    free(functions);
    dlclose(library);
    return NULL;
  }
  return functions;
}

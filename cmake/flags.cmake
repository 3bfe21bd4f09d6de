# What every target of ours compiles with. -O2 and not -O3: ordinary string concatenation trips a
# false -Wrestrict there (g++ 12). No NDEBUG: asserts state what cannot be, in every preset.
add_library(adjutant_flags INTERFACE)
target_compile_options(adjutant_flags INTERFACE
  -Wall -Wextra -Wshadow -Wconversion -Wmissing-declarations -Werror
  $<$<CXX_COMPILER_ID:Clang>:-Wno-sign-conversion>)  # g++ keeps it apart from -Wconversion
target_include_directories(adjutant_flags INTERFACE ${CMAKE_SOURCE_DIR} ${CMAKE_BINARY_DIR}/generated)

add_compile_options(-pthread)  # on all, as some libraries ask for it: precompiled headers are shared

if(ADJUTANT_SANITIZE)
  add_compile_options(-fsanitize=${ADJUTANT_SANITIZE} -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${ADJUTANT_SANITIZE})
endif()
if(ADJUTANT_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()

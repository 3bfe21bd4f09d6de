# Everything that program() makes, and everything that ctest runs.
add_custom_target(programs)
add_custom_target(tests)

# room(NAME [LINK targets...]): one folder, one target. Takes the *.cpp of the folder that calls it
# except main.cpp; SUBFOLDERS adds those of folders below it.
function(room name)
  cmake_parse_arguments(ROOM "" "" "LINK;SUBFOLDERS;SOURCES" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp)
  foreach(folder IN LISTS ROOM_SUBFOLDERS)
    file(GLOB more CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${folder}/*.cpp)
    list(APPEND sources ${more})
  endforeach()
  list(FILTER sources EXCLUDE REGEX "/main\\.cpp$")
  list(APPEND sources ${ROOM_SOURCES})
  if(sources)
    add_library(${name} STATIC ${sources})
    target_link_libraries(${name} PUBLIC ${ROOM_LINK} PRIVATE adjutant_flags)
    target_include_directories(${name} PUBLIC ${CMAKE_SOURCE_DIR} ${CMAKE_BINARY_DIR}/generated)
  else()
    add_library(${name} INTERFACE)
    target_link_libraries(${name} INTERFACE ${ROOM_LINK})
    target_include_directories(${name} INTERFACE ${CMAKE_SOURCE_DIR} ${CMAKE_BINARY_DIR}/generated)
  endif()
endfunction()

# apart(FILES...): all presets but debug compile the files of a room together (release sixteen at a time),
# which takes a fraction of the time. These stay alone, because a name in their unnamed namespace is
# also a neighbour's.
function(apart)
  set_source_files_properties(${ARGN} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
endfunction()

# program(NAME LINK targets...): the folder's main.cpp as build/<preset>/bin/NAME, installed to bin/.
function(program name)
  cmake_parse_arguments(PROGRAM "" "" "LINK" ${ARGN})
  add_executable(${name} ${CMAKE_CURRENT_SOURCE_DIR}/main.cpp)
  target_link_libraries(${name} PRIVATE adjutant_flags ${PROGRAM_LINK})
  add_dependencies(programs ${name})
  install(TARGETS ${name} RUNTIME DESTINATION bin)
endfunction()

# unit_tests(NAME [PROGRAMS] LINK targets...): the folder's *.cpp as one GoogleTest program that ctest
# runs. PROGRAMS: it starts the real binaries, so they are built first.
function(unit_tests name)
  cmake_parse_arguments(UNIT "PROGRAMS" "" "LINK" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp)
  if(NOT sources)
    return()
  endif()
  add_executable(${name} ${sources})
  target_link_libraries(${name} PRIVATE adjutant_flags ${UNIT_LINK} GTest::gmock GTest::gtest GTest::gtest_main)
  target_compile_definitions(${name} PRIVATE
    ADJUTANT_SOURCE_DIR="${CMAKE_SOURCE_DIR}" ADJUTANT_BIN_DIR="${CMAKE_RUNTIME_OUTPUT_DIRECTORY}")
  target_precompile_headers(${name} REUSE_FROM test_headers)
  add_test(NAME ${name} COMMAND ${name})
  add_dependencies(tests ${name})
  if(UNIT_PROGRAMS)
    add_dependencies(${name} programs)
  endif()
endfunction()

# generate_schemas(SERVER FOLDER): runs schema_gen over FOLDER; the outputs stand under
# <build>/generated/schemas/SERVER/. Nothing that stayed the same is written again.
function(generate_schemas server folder)
  set(out ${CMAKE_BINARY_DIR}/generated/schemas/${server})
  file(GLOB files CONFIGURE_DEPENDS ${folder}/*.json)
  set(outputs ${out}/rows.hpp ${out}/names.hpp ${out}/tables.cpp)
  foreach(file IN LISTS files)
    get_filename_component(tool ${file} NAME_WE)
    if(NOT tool STREQUAL "types")
      list(APPEND outputs ${out}/${tool}.hpp ${out}/${tool}_types.hpp)
      set(has_tools ON)
    endif()
  endforeach()
  if(has_tools)
    list(APPEND outputs ${out}/tools.hpp ${out}/tools.cpp)
  endif()
  add_custom_command(
    OUTPUT ${outputs}
    COMMAND schema_gen ${folder} ${CMAKE_SOURCE_DIR}/schemas/common/types.json ${out}
    DEPENDS schema_gen ${files} ${CMAKE_SOURCE_DIR}/schemas/common/types.json
    COMMENT "schemas/${server}")
  add_custom_target(generate_${server} DEPENDS ${outputs})
  set_source_files_properties(${out}/tables.cpp ${out}/tools.cpp PROPERTIES GENERATED ON)
endfunction()

# schemas(SERVER): the row types, arguments, results and tables of schemas/SERVER as target
# schemas_SERVER. No handler is named in it: hosts link it too.
function(schemas server)
  generate_schemas(${server} ${CMAKE_SOURCE_DIR}/schemas/${server})
  add_library(schemas_${server} STATIC ${CMAKE_BINARY_DIR}/generated/schemas/${server}/tables.cpp)
  add_dependencies(schemas_${server} generate_${server})
  target_link_libraries(schemas_${server} PUBLIC schemas_common PRIVATE adjutant_flags)
endfunction()

# server_room(SERVER SUBFOLDERS folders LINK targets...): a server's folder as target server_SERVER, with
# its tools/ and the generated list that names every handler.
function(server_room server)
  cmake_parse_arguments(SERVER "" "" "LINK;SUBFOLDERS" ${ARGN})
  set(generated ${CMAKE_BINARY_DIR}/generated/schemas/${server}/tools.cpp)
  set_source_files_properties(${generated} PROPERTIES GENERATED ON)
  room(server_${server}
    SUBFOLDERS tools ${SERVER_SUBFOLDERS}
    SOURCES ${generated}
    LINK schemas_${server} servers_common ${SERVER_LINK})
  add_dependencies(server_${server} generate_${server})
endfunction()

// schema_gen FOLDER COMMON OUT: the schemas of one server (FOLDER/types.json, FOLDER/<tool>.json)
// as C++ into OUT; the file COMMON holds the types that all servers share. Run by the build; a
// schema that it cannot enforce fails the build, named by file and member.

#include <exception>
#include <iostream>

#include "schemas/gen/model.hpp"

int main(int argc, char** argv) {
  if (argc != 4) {
    std::cerr << "usage: schema_gen FOLDER COMMON OUT\n";
    return 2;
  }
  try {
    gen::write_server(gen::read_server(argv[1], argv[2]), argv[3]);
  } catch (const std::exception& error) {
    std::cerr << "schema_gen: " << argv[1] << ": " << error.what() << "\n";
    return 1;
  }
  return 0;
}

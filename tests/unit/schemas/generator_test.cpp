#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "schemas/gen/model.hpp"

namespace {

namespace fs = std::filesystem;
using gen::Json;

const fs::path kHere = fs::path(ADJUTANT_SOURCE_DIR) / "tests/unit/schemas";
const fs::path kCommon = fs::path(ADJUTANT_SOURCE_DIR) / "schemas/common/types.json";

std::string read(const fs::path& path) {
  std::ifstream in(path);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

class Generator : public testing::Test {
 protected:
  Generator() : folder_(fs::path(testing::TempDir()) / "schema_gen_test/sample") {
    fs::remove_all(folder_.parent_path());
    fs::create_directories(folder_);
    write("types.json", Json::object());
  }

  void write(const std::string& name, const Json& schema) const {
    std::ofstream(folder_ / name) << schema.dump();
  }

  /// Writes a tool with one argument `x` of the given schema; returns what the generator says to
  /// it.
  std::string complaint(const Json& argument, const std::string& member = "x") const {
    const Json tool{{"name", "t"},
                    {"description", "d"},
                    {"inputSchema", {{"type", "object"}, {"properties", {{member, argument}}}}},
                    {"outputSchema", {{"type", "object"}, {"properties", Json::object()}}},
                    {"annotations", Json::object()}};
    write("t.json", tool);
    try {
      gen::read_server(folder_, kCommon);
    } catch (const std::runtime_error& error) {
      return error.what();
    }
    return "";
  }

  const fs::path folder_;
};

TEST_F(Generator, WritesWhatTheGoldenFilesShow) {
  const fs::path out = folder_.parent_path() / "out";
  gen::write_server(gen::read_server(kHere / "sample", kCommon), out);
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(out)) {
    names.push_back(entry.path().filename().string());
    const fs::path golden = kHere / "golden" / (names.back() + ".txt");
    if (std::getenv("UPDATE_GOLDEN") != nullptr) std::ofstream(golden) << read(entry.path());
    EXPECT_EQ(read(entry.path()), read(golden)) << golden;
  }
  EXPECT_THAT(names,
              testing::UnorderedElementsAre("rows.hpp", "names.hpp", "tables.cpp", "tools.hpp",
                                            "tools.cpp", "list_things.hpp", "list_things_types.hpp",
                                            "read_page.hpp", "read_page_types.hpp"));
}

TEST_F(Generator, LeavesAFileAloneWhoseTextIsTheSame) {
  const fs::path out = folder_.parent_path() / "out";
  const gen::Server server = gen::read_server(kHere / "sample", kCommon);
  gen::write_server(server, out);
  const fs::file_time_type past = fs::file_time_type::clock::now() - std::chrono::hours(1);
  fs::last_write_time(out / "rows.hpp", past);
  std::ofstream(out / "tools.hpp") << "changed";
  fs::last_write_time(out / "tools.hpp", past);
  gen::write_server(server, out);
  EXPECT_EQ(fs::last_write_time(out / "rows.hpp"), past);
  EXPECT_NE(fs::last_write_time(out / "tools.hpp"), past);
}

TEST_F(Generator, RefusesByFileAndMemberWhatItCannotEnforce) {
  const Json string{{"type", "string"}};
  EXPECT_EQ(complaint(string), "");
  for (const char* keyword : {"oneOf", "anyOf", "allOf", "const", "format", "pattern", "not"}) {
    Json schema = string;
    schema[keyword] = Json::array();
    EXPECT_EQ(complaint(schema),
              std::string("t.json/inputSchema/x: the keyword ") + keyword + " cannot be enforced");
  }
  EXPECT_THAT(complaint({{"type", {"string", "null"}}}),
              testing::HasSubstr("t.json/inputSchema/x: one type"));
  EXPECT_THAT(complaint(Json::object()), testing::HasSubstr("x: needs a type"));
  EXPECT_THAT(complaint({{"type", "array"}}), testing::HasSubstr("x: an array needs items"));
  EXPECT_THAT(complaint({{"$ref", "types.json#/Gone"}}), testing::HasSubstr("x: no type Gone"));
  EXPECT_THAT(complaint({{"$ref", "http://example.org/x"}}),
              testing::HasSubstr("cannot follow $ref"));
  EXPECT_THAT(complaint(string, "class"), testing::HasSubstr("class: a member cannot be named"));
}

TEST_F(Generator, RefusesAReferenceToAReference) {
  write("types.json",
        {{"A", {{"$ref", "types.json#/B"}}}, {"B", {{"type", "string"}, {"enum", {"b"}}}}});
  EXPECT_THAT(complaint({{"$ref", "types.json#/A"}}), testing::HasSubstr("A: "));
}

TEST_F(Generator, RefusesAToolNamedUnlikeItsFile) {
  EXPECT_EQ(complaint({{"type", "string"}}), "");
  fs::rename(folder_ / "t.json", folder_ / "u.json");
  EXPECT_THROW(gen::read_server(folder_, kCommon), std::runtime_error);
}

TEST_F(Generator, LeavesLengthsAndOwnKeysOffTheWire) {
  const gen::Server server = gen::read_server(kHere / "sample", kCommon);
  const std::string input = server.tools[0].input.dump();
  for (const char* hidden : {"x-", "maxLength", "minLength", "maxItems", "$ref"}) {
    EXPECT_THAT(input, testing::Not(testing::HasSubstr(hidden)));
    EXPECT_THAT(read(kHere / "sample/list_things.json"), testing::HasSubstr(hidden));
  }
  EXPECT_EQ(
      server.tools[0].output.dump(),
      R"({"type":"object","properties":{"things":{"type":"array"},"total":{"type":"integer"}},)"
      R"("required":["things","total"]})");
}

}  // namespace

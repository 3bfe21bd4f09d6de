// The official test suite of JSON Schema 2020-12: all of it where ../shared/data is there, and six
// files of it that lie beside this one in any case.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>

#include "protocol/schema/schema.hpp"

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

const fs::path kSource = ADJUTANT_SOURCE_DIR;
const fs::path kSuite = kSource / "../shared/data/jsonschema";
constexpr const char* kRemoteHome = "http://localhost:1234/";

Json read(const fs::path& file) {
  std::ifstream in(file);
  return Json::parse(in);
}

schema::Documents remotes() {
  schema::Documents documents;
  const fs::path folder = kSuite / "remotes";
  if (!fs::exists(folder)) return documents;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.path().extension() != ".json") continue;
    documents.emplace(kRemoteHome + entry.path().lexically_relative(folder).generic_string(),
                      read(entry.path()));
  }
  return documents;
}

struct Score {
  std::size_t right{};
  std::size_t wrong{};
  std::size_t not_checked{};
};

void run_file(const fs::path& file, const schema::Documents& documents, Score& score) {
  for (const Json& group : read(file)) {
    const schema::Schema schema(group["schema"], documents);
    for (const Json& test : group["tests"]) {
      const schema::Verdict verdict = schema.check(test["data"]);
      const bool right = verdict.valid() == test["valid"];
      ++(right ? score.right : score.wrong);
      if (!verdict.not_checked.empty()) ++score.not_checked;
      EXPECT_TRUE(right) << file.filename() << ": " << group["description"] << ": "
                         << test["description"]
                         << (verdict.not_checked.empty() ? "" : "\n" + verdict.not_checked[0]);
    }
  }
}

TEST(SchemaSuite, TheSampleIsJudgedRight) {
  Score score;
  for (const auto& entry : fs::directory_iterator(kSource / "tests/unit/schema/sample")) {
    if (entry.path().extension() == ".json") run_file(entry.path(), {}, score);
  }
  EXPECT_GE(score.right, 100U);
  EXPECT_EQ(score.not_checked, 0U);
}

TEST(SchemaSuite, TheMandatoryTestsAreJudgedRight) {
  if (!fs::exists(kSuite)) GTEST_SKIP() << "not run: ../shared/data/jsonschema is absent";
  const schema::Documents documents = remotes();
  Score score;
  for (const auto& entry : fs::directory_iterator(kSuite / "tests/draft2020-12")) {
    if (entry.path().extension() == ".json") run_file(entry.path(), documents, score);
  }
  std::cout << score.right << " right, " << score.wrong << " wrong, " << score.not_checked
            << " not checked\n";
  EXPECT_GE(score.right, 1000U);
}

}  // namespace

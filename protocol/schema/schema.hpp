#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

/// JSON Schema 2020-12, for schemas that are not ours; what older drafts spell otherwise (`items`
/// as a list, `dependencies`, a lone `$ref`) is understood where `$schema` names one. `format` is
/// an annotation and rejects nothing. A schema may be hostile: depth, work and patterns have
/// limits, and nothing is ever fetched.
namespace schema {

constexpr std::size_t kDepthMax = 400;        ///< Schemas applied inside each other.
constexpr std::size_t kStepsMax = 1'000'000;  ///< Schemas applied in one check.
constexpr std::size_t kProblemsMax = 64;      ///< Problems of one check that are told.

struct Problem {
  std::string instance{};  ///< JSON Pointer of the value; "" is the whole of it.
  std::string
      keyword{};  ///< JSON Pointer of what it breaks, the way through every `$ref` included.
  std::string message{};  ///< "expected integer, got string"
  friend bool operator==(const Problem&, const Problem&) = default;
};

struct Verdict {
  std::vector<Problem> problems{};
  /// What could not be judged, and passed for that reason: a pattern that RE2 does not have, a
  /// reference to a document that is not here, a limit that was reached. A sentence each.
  std::vector<std::string> not_checked{};

  bool valid() const { return problems.empty(); }
};

/// Further documents by their absolute URI, for references to them.
using Documents = std::map<std::string, nlohmann::json>;

/// A schema that was read once. Immutable: check() may be called from several threads.
class Schema {
 public:
  /// Never throws for what `schema` holds: what is no schema in it is reported by check().
  explicit Schema(nlohmann::json schema, Documents others = {});
  ~Schema();
  Schema(Schema&&) noexcept;
  Schema& operator=(Schema&&) noexcept;

  Verdict check(const nlohmann::json& instance) const;

 private:
  std::unique_ptr<const class Index> index_;
};

/// Whether `schema` is one: checked against the metaschema of 2020-12. Problems' `instance` points
/// into the schema.
Verdict check_schema(const nlohmann::json& schema);

}  // namespace schema

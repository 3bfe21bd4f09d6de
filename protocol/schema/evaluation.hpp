#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/schema/index.hpp"

namespace schema {

/// A way through a document: one token behind another, on the stack. `number` counts where `token`
/// is null.
struct Way {
  const Way* before{};
  const std::string_view* token{};
  std::size_t number{};
};

/// The value of an object schema's keyword, or null.
const nlohmann::json* member(const nlohmann::json& schema, const char* key);

/// One check of one instance. Used once.
class Evaluation {
 public:
  explicit Evaluation(const Index& index) : index_(index) {}

  Verdict run(const nlohmann::json& instance);

 private:
  using Json = nlohmann::json;
  /// Children of the instance that some keyword has judged, by address.
  using Seen = std::vector<const Json*>;

  /// One schema applied to one instance.
  struct Site {
    const Json& schema;
    const Json& instance;
    const Resource* resource;
    const Way& where;    ///< In the instance.
    const Way& keyword;  ///< In the schema.
    Seen& seen;
  };

  /// Applies `schema`; false if the instance breaks it. `seen` gets what it judged, if it holds.
  bool apply(const Json& schema, const Json& instance, const Resource* resource, const Way& where,
             const Way& keyword, Seen& seen);
  bool apply_object(const Site& site);
  /// The same schema's subschema under `key`, on the same instance.
  bool apply_here(const Site& site, const Json& schema, const Way& keyword, Seen& seen);
  bool apply_child(const Site& site, const Json& schema, const Json& child, const Way& where,
                   std::string_view key);
  /// Without telling its problems; `unsure` is set if something in it could not be judged.
  bool quietly(const Site& site, const Json& schema, const Way& keyword, Seen& seen, bool& unsure);

  bool references(const Site& site);
  Target dynamic_target(const std::string& reference, const Site& site) const;
  bool follow(const Site& site, const char* key, const Target& target);

  bool in_place(const Site& site);
  bool all_of(const Site& site);
  bool some_of(const Site& site, const char* key, bool exactly_one);
  bool negation(const Site& site);
  bool condition(const Site& site);

  bool members(const Site& site);
  bool properties(const Site& site, Seen& judged);
  bool pattern_properties(const Site& site, Seen& judged);
  bool rest_of_members(const Site& site, const char* key, const Seen& judged);
  bool property_names(const Site& site);
  bool dependencies(const Site& site);

  bool items(const Site& site);
  bool contains(const Site& site);
  bool rest_of_items(const Site& site, const char* key, std::size_t from);

  bool assertions(const Site& site);
  bool type_and_values(const Site& site);
  bool numbers(const Site& site);
  bool strings(const Site& site);
  bool sizes(const Site& site);

  bool fail(const Site& site, std::string_view key, std::string message);
  void not_checked(const std::string& sentence);
  /// Whether `text` matches; true, and noted, where that cannot be judged.
  bool matches(const std::string& pattern, const std::string& text, bool& judged);

  const Index& index_;
  Verdict verdict_;
  std::vector<const Resource*> scope_;  // The resources on the way here, outermost first.
  std::size_t depth_{};
  std::size_t steps_{};
  int quiet_{};  // Above 0: problems are not told.
  std::size_t doubts_{};
  bool stopped_{};
};

}  // namespace schema

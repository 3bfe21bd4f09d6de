#pragma once

#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string_view>
#include <vector>

#include "host/harness/harvest.hpp"

namespace harness {

/// Numbers that a seed repeats, on every machine.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next();  ///< splitmix64, after Vigna.
  /// Below `n`, which is not 0.
  std::size_t below(std::size_t n) { return static_cast<std::size_t>(next() % n); }

 private:
  std::uint64_t state_;
};

/// Makes values that a schema allows and that a server may find useful.
class Values {
 public:
  /// `root` is what `$ref`s of the schemas point into. Both outlive this.
  Values(const nlohmann::json& root, const Harvest& harvest) : root_(root), harvest_(harvest) {}

  /// The schema itself: references followed, the first alternative that is not null taken, parts of
  /// allOf put together.
  nlohmann::json resolved(const nlohmann::json& schema) const;

  struct Wish {
    std::string_view name{};  ///< Of the argument that the value is for.
    std::size_t choice{};     ///< Which of the likely values; any number does.
    bool with_optional{};     ///< Members that are not required, too.
  };
  nlohmann::json make(const nlohmann::json& schema, const Wish& wish) const;

  /// Any of what the schema allows, edges included.
  nlohmann::json random(const nlohmann::json& schema, std::string_view name, Random& random) const;

 private:
  nlohmann::json make_at(const nlohmann::json& schema, const Wish& wish, int depth) const;
  nlohmann::json object(const nlohmann::json& schema, const Wish& wish, int depth) const;
  nlohmann::json array(const nlohmann::json& schema, const Wish& wish, int depth) const;
  nlohmann::json text(const nlohmann::json& schema, const Wish& wish) const;
  nlohmann::json number(const nlohmann::json& schema, const Wish& wish) const;

  const nlohmann::json& root_;
  const Harvest& harvest_;
};

/// "string", "integer", ... of a resolved schema; guessed from its other keywords where it names
/// none.
std::string type_of(const nlohmann::json& schema);

/// Texts that break careless code.
const std::vector<std::string>& edge_texts();

}  // namespace harness

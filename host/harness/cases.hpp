#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "host/harness/tool.hpp"
#include "host/harness/values.hpp"

namespace harness {

/// One call that is to be tried.
struct Case {
  enum class Kind {
    Plain,    ///< Valid, and of the usual kind.
    Edge,     ///< A value that breaks careless code; valid or not.
    Bound,    ///< Exactly at a limit that the schema names; valid.
    Missing,  ///< A required argument is left out.
    WrongType,
    Null,
    OutOfBounds,  ///< One step beyond a limit.
    Unlisted,     ///< None of the enum.
    Extra,        ///< A member that `additionalProperties: false` rules out.
    NoObject,     ///< The arguments are no object.
  };
  Kind kind{Kind::Plain};
  nlohmann::json arguments{};
  std::string pointer{};  ///< JSON Pointer of the argument that the case is about; may be empty.
  std::string name{};     ///< Its name.
  bool valid{};           ///< By the tool's input schema.
  /// Of a Bound: the arguments one step further inside. What the tool refuses there, too, it does
  /// not refuse because of the limit.
  nlohmann::json neighbour{};
};

/// Everything that is worth trying around `base`, which is a valid call. At most `most` of them,
/// the edges thinned out by `random`; deterministic otherwise.
std::vector<Case> make_cases(const Tool& tool, const nlohmann::json& base, const Values& values,
                             Random& random, std::size_t most);

}  // namespace harness

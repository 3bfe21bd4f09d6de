#pragma once

#include <cstddef>
#include <functional>
#include <nlohmann/json.hpp>

namespace harness {

/// A smaller value for which `fails` still holds: members and items left out, texts and numbers cut
/// down, as long as `tries` calls of `fails` last. `value` itself is known to fail.
nlohmann::json shrunk(nlohmann::json value, const std::function<bool(const nlohmann::json&)>& fails,
                      std::size_t tries);

}  // namespace harness

#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <unordered_map>

#include "protocol/schema/pattern.hpp"
#include "protocol/schema/schema.hpp"

namespace schema {

/// What a resource's `$schema` says about how it is to be read.
struct Dialect {
  bool validation{true};  ///< False where its metaschema leaves the validation vocabulary out.
  bool list_items{};      ///< Before 2020-12: `items` may be a list, with `additionalItems`.
  bool lone_ref{};        ///< Before 2019-09: what stands beside `$ref` counts for nothing.
};

/// A schema with a URI of its own, and the names inside it.
struct Resource {
  std::string uri{};
  const nlohmann::json* root{};
  Dialect dialect{};
  std::map<std::string, const nlohmann::json*> anchors{};
  std::map<std::string, const nlohmann::json*> dynamic_anchors{};
};

/// Where a reference leads.
struct Target {
  const nlohmann::json* schema{};  ///< Null if it leads nowhere that we know.
  const Resource* resource{};
  std::string anchor{};  ///< If it was named by one.
};

/// All documents that a schema may refer to, with their resources, anchors and patterns.
class Index {
 public:
  Index(nlohmann::json schema, Documents others);
  Index(const Index&) = delete;
  Index& operator=(const Index&) = delete;

  const nlohmann::json& root() const { return *root_; }
  const Resource* root_resource() const { return root_resource_; }
  /// The resource that begins at `node`, or `outer`.
  const Resource* resource_of(const nlohmann::json& node, const Resource* outer) const;
  Target find(std::string_view reference, const Resource* from) const;
  /// Null for a pattern that stands where no schema was expected.
  const Pattern* pattern(const std::string& text) const;
  /// Whether `unevaluatedProperties` or `unevaluatedItems` stand anywhere.
  bool unevaluated() const { return unevaluated_; }

 private:
  void add(const std::string& uri, const nlohmann::json& document);
  void walk(const nlohmann::json& node, Resource* resource, std::size_t depth);
  Resource* open(const std::string& uri, const nlohmann::json& node, const Dialect& dialect);
  Resource* enter(const nlohmann::json& node, Resource* resource);
  void name(const nlohmann::json& node, Resource* resource);
  void compile(const nlohmann::json& node);
  Dialect dialect_of(const nlohmann::json& node, const Dialect& outer) const;

  Documents documents_;  // Values stay where they are: everything below points into them.
  const nlohmann::json* root_{};
  const Resource* root_resource_{};
  std::map<std::string, std::unique_ptr<Resource>> resources_;
  std::unordered_map<const nlohmann::json*, Resource*> starts_;
  std::map<std::string, Pattern> patterns_;
  bool unevaluated_{};
  bool needs_metaschema_{};
};

}  // namespace schema

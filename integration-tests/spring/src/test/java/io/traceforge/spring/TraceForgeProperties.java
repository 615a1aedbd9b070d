package io.traceforge.spring;

import io.traceforge.TraceForge;
import io.traceforge.TraceForgeBuilder;
import io.traceforge.pricing.PriceBook;
import io.traceforge.recording.OverflowPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.PropertyMapper;
import org.springframework.util.unit.DataSize;

/** What may be set; what is not set is as TraceForge has it. */
@ConfigurationProperties("traceforge")
record TraceForgeProperties(
    // These have names of which Spring makes TraceForge's own variables.
    String storage,
    Boolean enabled,
    Boolean sessionAutoId,
    Duration sessionTimeoutMs,
    Integer sessionMaxSteps,
    Path prices,
    // These are Spring's alone.
    List<String> propagateStateTo,
    DataSize maxBody,
    DataSize maxBuffered,
    Integer queueCapacity,
    OverflowPolicy overflowPolicy,
    Duration blockTimeout,
    Duration closeTimeout) {

  TraceForgeBuilder toBuilder() {
    TraceForgeBuilder builder = TraceForge.builder();
    PropertyMapper set = PropertyMapper.get();
    set.from(this::storage).whenHasText().to(builder::storage);
    set.from(this::enabled).to(builder::enabled);
    set.from(this::sessionAutoId).to(builder::autoSessionId);
    set.from(this::sessionTimeoutMs).to(builder::sessionTimeout);
    set.from(this::sessionMaxSteps).to(builder::sessionMaxSteps);
    set.from(this::prices).as(PriceBook::load).as(PriceBook.standard()::with).to(builder::prices);
    set.from(this::propagateStateTo)
        .as(hosts -> hosts.toArray(String[]::new))
        .to(builder::propagateStateTo);
    set.from(this::maxBody).asInt(DataSize::toBytes).to(builder::maxBodyBytes);
    set.from(this::maxBuffered).as(DataSize::toBytes).to(builder::maxBufferedBytes);
    set.from(this::queueCapacity).to(builder::queueCapacity);
    set.from(this::overflowPolicy).to(builder::overflowPolicy);
    set.from(this::blockTimeout).to(builder::blockTimeout);
    set.from(this::closeTimeout).to(builder::closeTimeout);
    return builder;
  }
}

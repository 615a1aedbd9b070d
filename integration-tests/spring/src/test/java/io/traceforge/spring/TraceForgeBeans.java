package io.traceforge.spring;

import io.traceforge.SessionTracker;
import io.traceforge.TraceForge;
import io.traceforge.okhttp.TraceForgeOkHttp;
import java.time.Duration;
import okhttp3.OkHttpClient;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;
import org.springframework.core.task.TaskDecorator;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientAdapter;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;

/** The beans of docs/spring.md. */
@Configuration(proxyBeanMethods = false)
@EnableAsync
@EnableConfigurationProperties(TraceForgeProperties.class)
class TraceForgeBeans {
  @Bean(destroyMethod = "close")
  TraceForge traceForge(TraceForgeProperties properties) {
    return properties.toBuilder().shutdownHook(false).build();
  }

  @Bean
  OkHttpClient llmHttp(TraceForge traceForge) {
    OkHttpClient client = new OkHttpClient.Builder().readTimeout(Duration.ofMinutes(10)).build();
    return TraceForgeOkHttp.instrument(client, traceForge);
  }

  @Bean
  RestClient llmClient(OkHttpClient llmHttp, @Value("${llm.base-url}") String baseUrl) {
    return RestClient.builder()
        .requestFactory(new OkHttpRequestFactory(llmHttp))
        .baseUrl(baseUrl)
        .build();
  }

  @Bean
  ChatApi chatApi(RestClient llmClient) {
    return HttpServiceProxyFactory.builderFor(RestClientAdapter.create(llmClient))
        .build()
        .createClient(ChatApi.class);
  }

  @Bean
  @DependsOn("traceForge") // made later, so closed earlier: tasks may end first
  TaskDecorator sessionOfTheCaller() {
    return SessionTracker::wrapCurrent;
  }
}
